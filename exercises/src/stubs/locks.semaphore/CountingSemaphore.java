package locks.semaphore;

import static threadmill.Todo.todo;

/** A number of permits that threads take and give back. */
public final class CountingSemaphore {
  /**
   * @param permits how many there are at first, 0 or more
   */
  public CountingSemaphore(int permits) {
    // TODO
    throw todo();
  }

  /** Takes a permit; waits while there is none. */
  public void acquire() throws InterruptedException {
    // TODO
    throw todo();
  }

  /** Takes a permit if there is one now; never waits. */
  public boolean tryAcquire() {
    // TODO
    throw todo();
  }

  /** Takes a permit if there is one within this time, in milliseconds, all waiting included. */
  public boolean tryAcquire(long millis) throws InterruptedException {
    // TODO
    throw todo();
  }

  /** Gives a permit. */
  public void release() {
    // TODO
    throw todo();
  }

  /** How many permits there are now. */
  public int available() {
    // TODO
    throw todo();
  }
}
