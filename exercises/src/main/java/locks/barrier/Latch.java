package locks.barrier;

import static threadmill.Todo.todo;

/** A door that opens once and for all, when something has happened so many times. */
public final class Latch {
  /**
   * @param count how many times, 0 or more
   */
  public Latch(int count) {
    // TODO
    throw todo();
  }

  /** Counts once; does nothing when the latch is open. */
  public void countDown() {
    // TODO
    throw todo();
  }

  /** Waits until the latch is open. */
  public void await() throws InterruptedException {
    // TODO
    throw todo();
  }
}
