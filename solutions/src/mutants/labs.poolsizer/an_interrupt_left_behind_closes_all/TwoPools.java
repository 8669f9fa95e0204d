// STALE | rejected by T4 | Who interrupts a worker wants it to end.
package labs.poolsizer;

import java.util.ArrayDeque;
import java.util.Queue;

/** Keeps tasks that compute and tasks that wait apart: two queues with their own threads. */
public final class TwoPools implements AutoCloseable {
  /** Tasks in a row, and threads that take them. */
  private static final class Lane {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean closed;

    Lane(int workers) {
      for (int i = 0; i < workers; i++) {
        new Thread(this::work).start();
      }
    }

    synchronized void add(Runnable task) {
      if (!closed) {
        tasks.add(task);
        notify();
      }
    }

    synchronized void close() {
      closed = true;
      notifyAll();
    }

    private synchronized Runnable next() {
      while (tasks.isEmpty() && !closed) {
        try {
          wait();
        } catch (InterruptedException e) {
          closed = true;
        }
      }
      return tasks.poll();
    }

    private void work() {
      for (Runnable task = next(); task != null; task = next()) {
        try {
          task.run();
        } catch (Throwable e) {
          // Its own affair; the worker goes on.
          continue;
        }
      }
    }
  }

  private final Lane cpu;
  private final Lane io;

  public TwoPools(int cpuWorkers, int ioWorkers) {
    cpu = new Lane(cpuWorkers);
    io = new Lane(ioWorkers);
  }

  /** Hands in a task that computes. */
  public void submitCpu(Runnable task) {
    cpu.add(task);
  }

  /** Hands in a task that waits most of the time. */
  public void submitIo(Runnable task) {
    io.add(task);
  }

  /** Takes no more tasks. */
  @Override
  public void close() {
    cpu.close();
    io.close();
  }
}
