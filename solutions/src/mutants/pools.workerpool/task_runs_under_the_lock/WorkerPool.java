// EXCR | rejected by P1 | The worker keeps the lock, so that nobody can disturb it.
package pools.workerpool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** A pool with one monitor, whose workers take a task and run it. */
public final class WorkerPool {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Set<Thread> workers = new HashSet<>();
  private boolean shutdown;

  public WorkerPool(int workers, ThreadFactory factory) {
    if (workers < 1) {
      throw new IllegalArgumentException("a pool of " + workers + " workers");
    }
    for (int i = 0; i < workers; i++) {
      this.workers.add(factory.newThread(this::work));
    }
    List.copyOf(this.workers).forEach(Thread::start);
  }

  public synchronized void submit(Runnable task) {
    Objects.requireNonNull(task, "task");
    if (shutdown) {
      throw new IllegalStateException("the pool has been shut down");
    }
    tasks.add(task);
    notifyAll();
  }

  public synchronized void shutdown() {
    shutdown = true;
    notifyAll();
  }

  public synchronized List<Runnable> shutdownNow() {
    shutdown();
    List<Runnable> left = new ArrayList<>(tasks);
    tasks.clear();
    workers.forEach(Thread::interrupt);
    return left;
  }

  public synchronized boolean awaitTermination(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
    while (!workers.isEmpty()) {
      long rest = end - System.nanoTime();
      if (rest <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, rest);
    }
    return true;
  }

  public synchronized int liveWorkers() {
    return workers.size();
  }

  public long replaced() {
    return 0;
  }

  private void work() {
    while (runNext()) {
      // Another task.
    }
    leave();
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable failure) {
      report(failure);
    }
  }

  private static void report(Throwable failure) {
    Thread me = Thread.currentThread();
    try {
      me.getUncaughtExceptionHandler().uncaughtException(me, failure);
    } catch (Throwable ignored) {
      // As in the JVM: a handler's own failure is nobody's.
    }
  }

  private synchronized boolean runNext() {
    while (tasks.isEmpty() && !shutdown) {
      try {
        wait();
      } catch (InterruptedException e) {
        // A worker stops when the pool is shut down, and for no other reason.
      }
    }
    Thread.interrupted();
    Runnable task = tasks.poll();
    if (task != null) {
      run(task);
    }
    return task != null;
  }

  private synchronized void leave() {
    workers.remove(Thread.currentThread());
    notifyAll();
  }
}
