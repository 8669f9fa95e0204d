package threadmill.harness;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Where;

/**
 * Why the thread that runs a check does not go on: a submission can hold it up for good, by code of
 * its own that the check has called, or by a lock that it keeps and that all of the JVM needs.
 * Nothing is claimed of a thread that still moves, or that gets no processor.
 */
public final class HeldUp {
  private static final long WATCHED_NANOS = 1_000_000_000L;
  private static final long BURNT_NANOS = 500_000_000L;
  private static final int DEPTH = 1_000;

  private HeldUp() {}

  /** What holds this thread up, if that is the submission; takes a second. */
  public static Optional<Finding> by(Thread check) {
    Probe before = Probe.of(check);
    Optional<Thread> keeper = keeperOf(check);
    Probe keepersBefore = keeper.map(Probe::of).orElse(before);
    LockSupport.parkNanos(WATCHED_NANOS);
    Probe after = Probe.of(check);
    boolean burns = after.cpuNanos() - before.cpuNanos() > BURNT_NANOS;
    boolean rests = !before.timed() && after.settled().unmovedSince(before.settled());
    Optional<Where> inside = Students.lineIn(check.getStackTrace());
    if (inside.isPresent() && (burns || rests)) {
      String how = burns ? ", and it runs in a loop" : ", and it waits for ever";
      String sentence = "your code was called by the check itself" + how;
      return Optional.of(Finding.of(burns ? Kind.BUSY : Kind.STUCK, sentence).at(inside.get()));
    }
    boolean kept = rests && keeper.isPresent() && keeper.equals(keeperOf(check));
    return kept && Probe.of(keeper.get()).settled().unmovedSince(keepersBefore.settled())
        ? Optional.of(kept(check, keeper.get()))
        : Optional.empty();
  }

  private static Finding kept(Thread check, Thread keeper) {
    ThreadInfo info = infoOf(check);
    String lock =
        info == null || info.getLockInfo() == null ? "" : info.getLockInfo().getClassName();
    String sentence = "a lock is kept for ever that the whole JVM needs: that of a " + lock;
    Finding finding = Finding.of(Kind.STUCK, sentence);
    Optional<Where> line = Students.lineIn(keeper.getStackTrace());
    return line.map(finding::at)
        .orElse(finding)
        .with(List.of(keeper.getName() + " keeps it" + line.map(w -> " at " + w).orElse("")));
  }

  /** The submission's thread that owns what the check waits for. */
  @SuppressWarnings("deprecation")
  private static Optional<Thread> keeperOf(Thread check) {
    ThreadInfo info = infoOf(check);
    long owner = info == null ? -1 : info.getLockOwnerId();
    return JvmThreads.alive().stream()
        .filter(thread -> thread.getId() == owner && !JvmThreads.isOfNoSubmission(thread))
        .findFirst();
  }

  @SuppressWarnings("deprecation")
  private static ThreadInfo infoOf(Thread thread) {
    return ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId(), DEPTH);
  }
}
