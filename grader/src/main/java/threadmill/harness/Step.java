package threadmill.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import threadmill.evidence.RunningCheck;
import threadmill.measure.Proc;
import threadmill.model.Kind;
import threadmill.model.Where;

/**
 * One call of the student's code, on a thread of its own. What must become of it is said in words:
 * {@code step.finishes("a permit was released")}.
 */
public final class Step<T> {
  private static final long RESTLESS_NANOS = 1_000_000_000L;
  private static final long UNCLEAR_NANOS = 30_000_000_000L;

  private final Crew crew;
  private final String call;
  private final Callable<T> body;
  private final CountDownLatch gate;
  private final boolean hasRivals;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;
  private volatile OptionalLong task = OptionalLong.empty();
  private volatile T result;
  private volatile Thrown thrown;
  private Optional<Where> restedAt = Optional.empty();

  Step(Crew crew, String name, String call, Callable<T> body, CountDownLatch gate) {
    this.crew = crew;
    this.call = call;
    this.body = body;
    this.gate = gate;
    this.hasRivals = gate.getCount() > 1;
    this.thread = crew.thread("thread " + name, this::perform);
  }

  void begin() {
    thread.start();
  }

  private void perform() {
    try {
      task = Proc.system().currentThread();
      gate.countDown();
      gate.await();
      result = body.call();
    } catch (Throwable e) {
      thrown = Thrown.of(e);
    } finally {
      over.countDown();
    }
  }

  /** Must return normally; the reason completes "should return because …". */
  public T finishes(String because) {
    awaitEnd(because);
    rethrow();
    return result;
  }

  /** Must end with an exception of this type; the reason completes "must throw … because …". */
  public <X extends Throwable> X fails(Class<X> type, String because) {
    awaitEnd(because);
    String must = call + " must throw " + type.getSimpleName() + " because " + because;
    if (thrown == null) {
      String got = result == null ? "returned" : "returned " + Words.shown(result);
      throw found(Kind.CONTRACT, must + "; it " + got, declared(), List.of());
    }
    if (!type.isInstance(thrown.throwable())) {
      stopIfNotStarted();
      String sentence = must + "; it threw " + thrown.type();
      throw found(Kind.CONTRACT, sentence, thrown.where(), thrown.evidence());
    }
    return type.cast(thrown.throwable());
  }

  /**
   * Must come to wait, and wait quietly: no processor time, no polling. The reason completes
   * "although …".
   */
  public Step<T> blocks(String although) {
    Quiet.Report report = Quiet.watch(this);
    switch (report.end()) {
      case QUIET -> {
        restedAt = place();
        RunningCheck.current().observed();
        return this;
      }
      case RETURNED -> throw returnedEarly(although);
      case BURNS ->
          throw moving(
              Kind.BUSY,
              call
                  + " burns the processor while it should wait: it runs in a loop although "
                  + although,
              report.evidence());
      case POLLS ->
          throw moving(
              Kind.BUSY,
              call
                  + " polls while it should wait: it wakes up again and again although "
                  + although,
              report.evidence());
      default ->
          throw found(
              Kind.INCONCLUSIVE,
              "the machine was too busy to tell whether " + call + " waits",
              Optional.empty(),
              report.evidence());
    }
  }

  /**
   * Must go on waiting when it is woken without any reason, as the specification of {@code wait},
   * {@code await} and {@code park} allows; the reason completes "although …".
   */
  public Step<T> survivesSpuriousWakeUp(String although) {
    Optional<Where> asleepAt = place();
    Guard.of(crew, this).wakeForNoReason();
    if (Quiet.watch(this).end() == Quiet.End.RETURNED) {
      stopIfNotStarted();
      String how = thrown == null ? "went on" : "went on and threw " + thrown.type();
      throw found(
          Kind.SAFETY,
          call
              + " "
              + how
              + " after a spurious wake-up although "
              + although
              + ": it took being woken for the proof that it may go on",
          asleepAt,
          List.of("a wait may end without any signal, so its condition is asked again, in a loop"));
    }
    return blocks(although);
  }

  public Step<T> interrupt() {
    thread.interrupt();
    return this;
  }

  public boolean isOver() {
    return over.getCount() == 0;
  }

  public Thread thread() {
    return thread;
  }

  /**
   * Whether the kernel has the thread asleep. One that was woken a moment ago, and has had no
   * processor since, still says that it waits (for up to 143 ms, measured on a busy machine).
   */
  boolean isAsleepInTheKernel() {
    return task.isEmpty() || Kernel.isAsleep(Long.toString(task.getAsLong()));
  }

  /** What it began behind, which those that were started at once have in common. */
  Object gate() {
    return gate;
  }

  /** The call's name in the student's words. */
  public String call() {
    return call;
  }

  /** Waits for the end, whether by return or by exception, and fails if there is none. */
  public void awaitEnd(String because) {
    Patience.End end = Patience.await(this, crew);
    if (end == Patience.End.OVER) {
      RunningCheck.current().observed();
      return;
    }
    String should = call + " should return because " + because;
    switch (end) {
      case DEADLOCKED -> throw new Failure(Deadlocks.finding(crew, should));
      case STUCK -> {
        Failure failure = crew.failure(Kind.STUCK, should + ", but it waits for ever");
        throw hasRivals ? failure : at(place(), failure);
      }
      case POLLS ->
          throw crewFound(Kind.STUCK, should + ", but it only wakes up and goes back to sleep");
      case BURNS -> throw crewFound(Kind.BUSY, should + ", but it runs in a loop that never ends");
      default ->
          throw crewFound(
              Kind.INCONCLUSIVE, "the machine was too busy to tell whether " + call + " returns");
    }
  }

  /** What the call threw, once it is over. */
  public Optional<Throwable> thrown() {
    return Optional.ofNullable(thrown).map(Thrown::throwable);
  }

  /** Ends a wait for this call to come to rest, by its processor time first and a clock second. */
  void giveUpIfRestless(long begin) {
    if (Probe.of(thread).cpuNanos() > RESTLESS_NANOS) {
      throw crewFound(Kind.BUSY, call + " neither returns nor waits: it runs in a loop");
    }
    if (System.nanoTime() - begin > UNCLEAR_NANOS) {
      throw crewFound(
          Kind.INCONCLUSIVE, "the machine was too busy to tell whether " + call + " waits");
    }
  }

  /** Waits until the thread of a call that is over has ended. */
  void leave() {
    try {
      thread.join(UNCLEAR_NANOS / 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean hasFailed() {
    return isOver() && thrown != null;
  }

  boolean metStub() {
    return isOver() && thrown != null && thrown.notStarted();
  }

  boolean awaitMillis(long millis) {
    try {
      return over.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Kind.INCONCLUSIVE, "the check itself was interrupted");
    }
  }

  /** Where the call stands now, or where it is declared. */
  Optional<Where> place() {
    return Students.lineIn(thread.getStackTrace()).or(this::declared);
  }

  private Optional<Where> declared() {
    return Students.lineOf(call);
  }

  private Failure returnedEarly(String although) {
    rethrow();
    String got = result == null ? " returned" : " returned " + Words.shown(result);
    Optional<Where> where = restedAt.or(this::declared);
    return found(Kind.CONTRACT, call + got + " although " + although, where, List.of());
  }

  private void rethrow() {
    if (thrown == null) {
      return;
    }
    stopIfNotStarted();
    if (thrown.throwable() instanceof Failure failure) {
      RunningCheck.current().heard(failure);
      throw failure;
    }
    if (hasRivals) {
      String sentence = call + " threw an exception where several threads ran at once";
      throw found(Kind.CRASH, sentence, declared(), thrown.evidence());
    }
    String sentence = call + " threw " + thrown.type();
    throw found(Kind.CRASH, sentence, thrown.where().or(this::declared), thrown.evidence());
  }

  private void stopIfNotStarted() {
    if (thrown != null && thrown.notStarted()) {
      throw new NotStarted();
    }
  }

  /** A finding on a thread that runs: where it is seen is chance, where its call begins is not. */
  private Failure crewFound(Kind kind, String sentence) {
    return at(beginning(), crew.failure(kind, sentence));
  }

  private static Failure at(Optional<Where> line, Failure failure) {
    return line.map(where -> new Failure(failure.finding().at(where))).orElse(failure);
  }

  private Failure moving(Kind kind, String sentence, List<String> evidence) {
    List<String> all = new ArrayList<>(evidence);
    Students.lineIn(thread.getStackTrace()).ifPresent(line -> all.add("seen at " + line));
    return found(kind, sentence, beginning(), all);
  }

  private Optional<Where> beginning() {
    return declared().or(() -> Students.beginningIn(thread.getStackTrace()));
  }

  private static Failure found(
      Kind kind, String sentence, Optional<Where> where, List<String> evidence) {
    return Failure.of(kind, sentence, where, evidence);
  }
}
