package pools.workerpool;

import static threadmill.Todo.todo;

import java.util.List;
import java.util.concurrent.ThreadFactory;

/** A fixed number of threads that run the tasks of everybody. */
public final class WorkerPool {
  /** Makes a pool of so many workers, whose threads come from the factory. */
  public WorkerPool(int workers, ThreadFactory factory) {
    // TODO
    throw todo();
  }

  /** Hands a task over to the workers, and does not wait for it. */
  public void submit(Runnable task) {
    // TODO
    throw todo();
  }

  /** Refuses tasks from now on; those already submitted are still run, then the workers end. */
  public void shutdown() {
    // TODO
    throw todo();
  }

  /** As {@link #shutdown}, but interrupts the running tasks and returns those that never ran. */
  public List<Runnable> shutdownNow() {
    // TODO
    throw todo();
  }

  /** Waits until the pool has been shut down and all is done; false if it takes too long. */
  public boolean awaitTermination(long millis) throws InterruptedException {
    // TODO
    throw todo();
  }

  /** How many workers there are now. */
  public int liveWorkers() {
    // TODO
    throw todo();
  }

  /** How many threads were made to take the place of a worker that a task had killed. */
  public long replaced() {
    // TODO
    throw todo();
  }
}
