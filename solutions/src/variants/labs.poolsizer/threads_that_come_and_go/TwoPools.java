package labs.poolsizer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Keeps tasks that compute and tasks that wait apart: an executor for each. */
public final class TwoPools implements AutoCloseable {
  private final ExecutorService cpu;
  private final ExecutorService io;

  public TwoPools(int cpuWorkers, int ioWorkers) {
    cpu = pool(cpuWorkers);
    io = pool(ioWorkers);
  }

  private static ThreadPoolExecutor pool(int workers) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            workers, workers, 1, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>());
    // Threads that are not needed go at once.
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Hands in a task that computes. */
  public void submitCpu(Runnable task) {
    cpu.submit(task);
  }

  /** Hands in a task that waits most of the time. */
  public void submitIo(Runnable task) {
    CompletableFuture.runAsync(task, io);
  }

  /** Takes no more tasks. */
  @Override
  public void close() {
    cpu.shutdown();
    io.shutdown();
  }
}
