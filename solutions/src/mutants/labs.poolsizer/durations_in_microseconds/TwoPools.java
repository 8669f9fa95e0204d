package labs.poolsizer;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Keeps tasks that compute and tasks that wait apart: an executor for each. */
public final class TwoPools implements AutoCloseable {
  private final ExecutorService cpu;
  private final ExecutorService io;

  public TwoPools(int cpuWorkers, int ioWorkers) {
    cpu = Executors.newFixedThreadPool(cpuWorkers);
    io = Executors.newFixedThreadPool(ioWorkers);
  }

  /** Hands in a task that computes. */
  public void submitCpu(Runnable task) {
    cpu.submit(task);
  }

  /** Hands in a task that waits most of the time. */
  public void submitIo(Runnable task) {
    io.submit(task);
  }

  /** Takes no more tasks. */
  @Override
  public void close() {
    cpu.shutdown();
    io.shutdown();
  }
}
