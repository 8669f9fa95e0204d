package threadmill.harness;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import threadmill.model.Finding;
import threadmill.model.Kind;

/**
 * Proves that several tasks run at the same time: each {@link #attend}s, and none leaves before all
 * have come. Counts decide, never a clock.
 *
 * <p>The gate is a volatile flag and {@code park}, so that no pool takes it for a managed blocker
 * and adds a spare worker. Thread-safe.
 */
public final class Meeting {
  private final Crew crew;
  private final int parties;
  private final Queue<Thread> present = new ConcurrentLinkedQueue<>();
  private volatile boolean open;

  Meeting(Crew crew, int parties) {
    this.crew = crew;
    this.parties = parties;
  }

  /** Waits until all parties are here. */
  public void attend() {
    present.add(Thread.currentThread());
    if (present.size() >= parties) {
      dismiss();
    }
    // A set interrupt flag would turn park into a loop.
    boolean interrupted = Thread.interrupted();
    while (!open) {
      LockSupport.park();
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many have come so far. */
  public int arrived() {
    return present.size();
  }

  /**
   * Must come about. Otherwise fails with {@link Kind#OVERSYNC}; the words complete "fewer than n
   * …", or "no …" where one would do.
   */
  public void comesAbout(String words) {
    comesAbout(Kind.OVERSYNC, words);
  }

  /** Must come about. Otherwise fails with the given kind. */
  public void comesAbout(Kind kind, String words) {
    Patience.End end = Patience.await(this::awaitOpen, crew);
    stopIfNotStarted();
    if (end == Patience.End.OVER) {
      return;
    }
    boolean unclear = end == Patience.End.UNCLEAR;
    String sentence =
        unclear
            ? "the machine was too busy to bring " + parties + " threads together"
            : (parties == 1 ? "no " : "fewer than " + parties + " ") + words;
    String came = "came: " + arrived() + " of " + parties;
    Finding finding = Picture.of(crew).finding(unclear ? Kind.INCONCLUSIVE : kind, sentence);
    throw new Failure(finding.with(List.of(came)));
  }

  /** Lets everybody go, come what may. */
  public void dismiss() {
    open = true;
    present.forEach(LockSupport::unpark);
  }

  private boolean awaitOpen() {
    for (int i = 0; i < 10 && !open; i++) {
      LockSupport.parkNanos(1_000_000L);
    }
    return open || metStub();
  }

  private void stopIfNotStarted() {
    if (metStub()) {
      throw new NotStarted();
    }
  }

  private boolean metStub() {
    return crew.uncaught().values().stream().anyMatch(NotStarted::isBehind)
        || crew.steps().stream().anyMatch(Step::metStub);
  }
}
