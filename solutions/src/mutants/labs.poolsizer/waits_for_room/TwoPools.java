// BLOCK_IN_CS | rejected by T1 | Who hands in too much must wait.
package labs.poolsizer;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Keeps tasks that compute and tasks that wait apart: an executor for each. */
public final class TwoPools implements AutoCloseable {
  private final ExecutorService cpu;
  private final ExecutorService io;
  private final Semaphore room;

  public TwoPools(int cpuWorkers, int ioWorkers) {
    cpu = Executors.newFixedThreadPool(cpuWorkers);
    io = Executors.newFixedThreadPool(ioWorkers);
    room = new Semaphore(2 * ioWorkers);
  }

  /** Hands in a task that computes. */
  public void submitCpu(Runnable task) {
    cpu.submit(task);
  }

  /** Hands in a task that waits most of the time. */
  public void submitIo(Runnable task) {
    room.acquireUninterruptibly();
    io.submit(
        () -> {
          try {
            task.run();
          } finally {
            room.release();
          }
        });
  }

  /** Takes no more tasks. */
  @Override
  public void close() {
    cpu.shutdown();
    io.shutdown();
  }
}
