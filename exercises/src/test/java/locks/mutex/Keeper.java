package locks.mutex;

import java.util.concurrent.Semaphore;
import threadmill.harness.Action;
import threadmill.harness.Crew;
import threadmill.harness.Step;
import threadmill.model.Kind;

/** A thread that takes the mutex in some way, keeps it, and unlocks it as often as it is told. */
final class Keeper {
  private final Crew crew;
  private final Step<Void> step;
  private final Semaphore told = new Semaphore(0);
  private volatile boolean holds;
  private volatile int unlocked;

  /**
   * @param take locks the mutex, once or several times
   * @param holdCount how often
   */
  Keeper(Crew crew, Mutex mutex, String call, Action take, int holdCount) {
    this.crew = crew;
    step =
        crew.does(
            call,
            () -> {
              take.run();
              holds = true;
              for (int i = 1; i <= holdCount; i++) {
                told.acquire();
                mutex.unlock();
                unlocked = i;
              }
            });
  }

  /** A thread that locks the mutex once. */
  static Keeper of(Crew crew, Mutex mutex) {
    return new Keeper(crew, mutex, "lock()", mutex::lock, 1);
  }

  /** Must get the mutex. */
  Keeper gets(String because) {
    String should = step.call() + " should return because " + because + ", but it does not";
    crew.until(() -> holds || step.isOver(), should);
    if (!holds) {
      step.finishes(because);
    }
    return this;
  }

  /** Must wait for the mutex, asleep. */
  Keeper waits(String although) {
    step.blocks(although);
    if (holds) {
      throw crew.failureAt(
          step.call(), Kind.SAFETY, step.call() + " took the mutex although " + although);
    }
    return this;
  }

  /** Must wait for the mutex, asleep, and also when it was woken for no reason. */
  Keeper survivesSpuriousWakeUp(String although) {
    waits(although);
    step.survivesSpuriousWakeUp(although);
    return waits(although);
  }

  /** Unlocks the mutex once. */
  void unlocks() {
    int before = unlocked;
    told.release();
    String should = "unlock() should return because it never waits, but it does not";
    crew.until(() -> unlocked > before || step.isOver(), should);
    if (step.isOver()) {
      step.finishes("it has unlocked the mutex as often as it had locked it");
    }
  }

  Keeper interrupt() {
    step.interrupt();
    return this;
  }

  Step<Void> step() {
    return step;
  }
}
