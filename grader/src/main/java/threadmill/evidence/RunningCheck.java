package threadmill.evidence;

import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one check that this JVM is running: what the judge asked for, and what the harness saw of it.
 * A pass is believed only if the record bears it out, whatever the test framework says. The package
 * is not exported, so that nothing that runs beside the harness can write it. Thread-safe.
 */
public final class RunningCheck {
  private static final long SEED = Long.getLong("threadmill.seed", 1L);

  private static volatile RunningCheck current = new RunningCheck(null, SEED, "");

  private final Thread thread;
  private final long seed;
  private final String schedule;
  private final AtomicInteger observations = new AtomicInteger();
  private final ConcurrentLinkedQueue<Throwable> unheard = new ConcurrentLinkedQueue<>();
  private volatile boolean completed;

  private RunningCheck(Thread thread, long seed, String schedule) {
    this.thread = thread;
    this.seed = seed;
    this.schedule = schedule;
  }

  /**
   * Begins the record of another check, which the calling thread will run.
   *
   * @param schedule the one schedule that explored checks are to run, or empty for a search
   */
  public static void begin(long seed, String schedule) {
    current = new RunningCheck(Thread.currentThread(), seed, schedule);
  }

  public static RunningCheck current() {
    return current;
  }

  /** The seed of everything random in it: handed out by the judge, or fixed where there is none. */
  public long seed() {
    return seed;
  }

  /** The one schedule to run instead of a search, if there is one. */
  public Optional<String> schedule() {
    return Optional.of(schedule).filter(s -> !s.isEmpty());
  }

  /** Something that the check asks for was watched and was as it should be. */
  public void observed() {
    observations.incrementAndGet();
  }

  /** The contract's method, or all tries of a property, came to its end without a failure. */
  public void completed() {
    completed = true;
  }

  /**
   * A failure was made. If that was on another thread, in the middle of the student's code, it may
   * be caught there, and counts unless it is {@link #heard}.
   */
  public void failed(Throwable failure) {
    if (thread != null && Thread.currentThread() != thread) {
      unheard.add(failure);
    }
  }

  /** The contract itself has got this failure and decides what to make of it. */
  public void heard(Throwable failure) {
    unheard.remove(failure);
  }

  /** A failure that nobody has heard of. */
  public Optional<Throwable> unheard() {
    return Optional.ofNullable(unheard.peek());
  }

  /** Whether the harness saw the check to its end, and anything in it. */
  public boolean bearsOutAPass() {
    return completed && observations.get() > 0;
  }
}
