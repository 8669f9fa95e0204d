package threads.visibility;

import static threadmill.Todo.todo;

/** Ends loops of other threads. */
public final class StopFlag {
  public StopFlag() {
    // TODO
    throw todo();
  }

  /** Ends all loops, those that run and those that begin later. */
  public void stop() {
    // TODO
    throw todo();
  }

  /**
   * Does the work again and again until {@link #stop} was called, looking before each time.
   *
   * @return how often the work was done
   */
  public long spinUntilStopped(Work work) {
    // TODO
    throw todo();
  }
}
