package threadmill.explore;

import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A small concurrent program and what must hold of it. A scenario is a method that builds objects
 * and declares threads; the explorer calls it anew for every schedule, so it must depend on nothing
 * outside it. What happens in it is controlled: each access to shared memory, each lock, wait,
 * park, start, join, sleep and clock.
 *
 * <p>Objects of the scenario itself are watched like everybody's: a plain counter shared by two
 * threads is a race unless the program under test orders them. Bookkeeping that must not disturb
 * goes into a {@link Tally}.
 */
public interface Scenario {
  /**
   * Declares a thread. Declared threads start together when the scenario's method has returned, and
   * all must end, or the program is stuck.
   */
  Scenario thread(String name, Body body);

  /** These threads may still be waiting when nothing moves any more. */
  Scenario mayWait(String... threads);

  /**
   * These threads have nothing in common, so none of them may ever have to wait: if one does, the
   * finding is {@code OVERSYNC} with this sentence: "two shows sell at once". To sleep is no
   * waiting.
   */
  Scenario mustNotWait(String sentence, String... threads);

  /** Threads that the program itself started must have ended, too, or they are a {@code LEAK}. */
  Scenario allThreadsEnd();

  /**
   * What must hold after every step. The condition may read tallies and what else does not change
   * while it is read; it is asked between any two operations, inside critical sections too.
   */
  Scenario always(String sentence, BooleanSupplier condition);

  /**
   * What must hold once all threads have ended or wait for good; asked by a thread of its own,
   * which may call the program under test.
   */
  Scenario atEnd(String sentence, Callable<Boolean> condition);

  /** Ends the schedule with a finding of kind {@code SAFETY} unless this holds. */
  void require(boolean holds, String sentence);

  /**
   * A critical section. Nobody may be inside with an exclusive guest; what it guards is one plain
   * variable, written by exclusive guests and read by shared ones, so that a lock that keeps
   * threads apart and yet does not order their memory is a {@code RACE}.
   */
  Section section(String name);

  /** A section that so many threads may be in at once, exclusive or not; it guards no variable. */
  Section section(String name, int capacity);

  /**
   * A place where so many threads meet, each inside what must be able to overlap. If they cannot,
   * the finding is {@code OVERSYNC} with this sentence: "two transfers that share no account run at
   * once".
   */
  Rendezvous rendezvous(String sentence, int parties);

  /**
   * Counts who is overtaken. A thread that has been waiting since before another one began to want
   * may be overtaken by such late-comers at most {@code bound} times, else {@code STARVATION}.
   */
  Turnstile turnstile(String name, int bound);

  /** A number that no schedule depends on and that orders nothing: for bookkeeping. */
  Tally tally(String name);

  /**
   * Records calls and their results, and at the end looks for an order of them, each between its
   * call and its return, in which a sequential model gives the same results (linearizability;
   * Herlihy &amp; Wing 1990, decided as Wing &amp; Gong 1993 do). If there is none: {@code SAFETY}.
   */
  <M> History<M> history(Supplier<M> model);

  /**
   * Lets the calling thread go on only when that thread waits (is blocked, parked, asleep, spinning
   * in vain) or has ended: forces an order without forbidding anything else.
   */
  void untilWaiting(String thread);

  /**
   * As {@link #untilWaiting}, but that thread has to sleep without a time limit: one that spins or
   * polls is {@code BUSY}.
   */
  void untilAsleep(String thread);

  /**
   * Lets the calling thread go on only when this condition over tallies holds. A thread that waits
   * here for good makes the scenario stuck.
   */
  void until(String sentence, BooleanSupplier condition);

  /** Interrupts a declared thread. */
  void interrupt(String thread);

  /** Virtual time since the scenario began, in milliseconds. */
  long millis();

  /**
   * Timers expire only when nothing else can run, so that virtual time is exact: {@code
   * tryAcquire(100)} without a permit returns when {@link #millis()} has grown by 100.
   */
  Scenario exactTime();

  /** No spurious wake-ups: for stories they would spoil. By default they are explored. */
  Scenario noSpuriousWakeUps();
}
