// METHOD | rejected by T2 | Who waits for a permit does not count.
package labs.poolsizer;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Keeps tasks that compute and tasks that wait apart: an executor for each. */
public final class TwoPools implements AutoCloseable {
  private final ExecutorService all = Executors.newCachedThreadPool();
  private final Semaphore cpu;
  private final Semaphore io;

  public TwoPools(int cpuWorkers, int ioWorkers) {
    cpu = new Semaphore(cpuWorkers);
    io = new Semaphore(ioWorkers);
  }

  /** Hands in a task that computes. */
  public void submitCpu(Runnable task) {
    submit(cpu, task);
  }

  /** Hands in a task that waits most of the time. */
  public void submitIo(Runnable task) {
    submit(io, task);
  }

  private void submit(Semaphore kind, Runnable task) {
    all.submit(
        () -> {
          kind.acquireUninterruptibly();
          try {
            task.run();
          } finally {
            kind.release();
          }
        });
  }

  /** Takes no more tasks. */
  @Override
  public void close() {
    all.shutdown();
  }
}
