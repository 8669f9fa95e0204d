package threadmill.evidence;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

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
  private final Map<Throwable, Thread> unheard = new ConcurrentHashMap<>();
  private final Queue<Throwable> caught = new ConcurrentLinkedQueue<>();
  private final AtomicInteger samples = new AtomicInteger();
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

  /** The number of another sample of a property, from 1. */
  public int sample() {
    return samples.incrementAndGet();
  }

  /** The contract's method, or all tries of a property, came to its end without a failure. */
  public void completed() {
    completed = true;
  }

  /**
   * A failure was made. If that was on another thread, in the middle of the student's code, it may
   * be caught there, and counts unless it is {@link #heard} before the scenario is over.
   */
  public void failed(Throwable failure) {
    if (thread != null && Thread.currentThread() != thread) {
      unheard.put(failure, Thread.currentThread());
    }
  }

  /** The contract itself has got this failure and decides what to make of it. */
  public void heard(Throwable failure) {
    unheard.remove(failure);
  }

  /**
   * A scenario is over, and what its threads do from now on is no matter of the check's: what was
   * not heard by now has been caught by the student's code.
   *
   * @param its which threads are the scenario's
   */
  public void over(Predicate<Thread> its) {
    unheard.forEach(
        (failure, maker) -> {
          if (its.test(maker)) {
            caught.add(failure);
          }
        });
    unheard.clear();
  }

  /** A failure that the student's code has caught and kept to itself. */
  public Optional<Throwable> caught() {
    return Optional.ofNullable(caught.peek());
  }

  /** Whether the harness saw the check to its end, and anything in it. */
  public boolean bearsOutAPass() {
    return completed && observations.get() > 0;
  }
}
