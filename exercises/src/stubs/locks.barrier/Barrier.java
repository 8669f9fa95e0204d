package locks.barrier;

import static threadmill.Todo.todo;

/** A place where a number of threads meet, round after round. */
public final class Barrier {
  /**
   * @param parties how many threads meet, 1 or more
   * @param action what the last of them does before anybody leaves
   */
  public Barrier(int parties, Runnable action) {
    // TODO
    throw todo();
  }

  /**
   * Waits until all have come.
   *
   * @return how many had come before, from 0
   * @throws BrokenException if this round will never be complete
   */
  public int await() throws InterruptedException, BrokenException {
    // TODO
    throw todo();
  }

  /** Breaks the round under way, if anybody waits in it, and begins anew. */
  public void reset() {
    // TODO
    throw todo();
  }
}
