package labs.poolsizer;

import static threadmill.Todo.todo;

/** Keeps tasks that compute and tasks that wait apart. Thread-safe. */
public final class TwoPools implements AutoCloseable {
  public TwoPools(int cpuWorkers, int ioWorkers) {
    // TODO
    throw todo();
  }

  /** Hands in a task that computes, and does not wait for it. */
  public void submitCpu(Runnable task) {
    // TODO
    throw todo();
  }

  /** Hands in a task that waits most of the time, and does not wait for it. */
  public void submitIo(Runnable task) {
    // TODO
    throw todo();
  }

  /** Takes no more tasks, and lets all threads end when the tasks handed in are done. */
  @Override
  public void close() {
    // TODO
    throw todo();
  }
}
