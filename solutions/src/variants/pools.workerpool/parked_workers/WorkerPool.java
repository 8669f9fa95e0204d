package pools.workerpool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A pool that puts a task into the hands of the worker that became idle last, whose cache is still
 * warm; only what finds no idle worker queues up.
 */
public final class WorkerPool {
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final Deque<Worker> idle = new ArrayDeque<>();
  private final Deque<Worker> handed = new ArrayDeque<>();
  private final List<Worker> workers = new ArrayList<>();
  private boolean shutdown;

  public WorkerPool(int workers, ThreadFactory factory) {
    if (workers < 1) {
      throw new IllegalArgumentException("a pool of " + workers + " workers");
    }
    synchronized (this) {
      for (int i = 0; i < workers; i++) {
        Worker worker = new Worker();
        worker.thread = factory.newThread(worker);
        this.workers.add(worker);
      }
      this.workers.forEach(worker -> worker.thread.start());
    }
  }

  public synchronized void submit(Runnable task) {
    Objects.requireNonNull(task, "task");
    if (shutdown) {
      throw new IllegalStateException("the pool has been shut down");
    }
    Worker worker = idle.pollLast();
    if (worker == null) {
      tasks.addLast(task);
    } else {
      worker.hand(task);
    }
  }

  public synchronized void shutdown() {
    shutdown = true;
    idle.forEach(worker -> LockSupport.unpark(worker.thread));
  }

  public synchronized List<Runnable> shutdownNow() {
    shutdown();
    List<Runnable> left = new ArrayList<>();
    for (Worker worker : handed) {
      left.add(worker.mine);
      worker.mine = null;
    }
    handed.clear();
    left.addAll(tasks);
    tasks.clear();
    workers.forEach(worker -> worker.thread.interrupt());
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

  private final class Worker implements Runnable {
    private Thread thread;
    private Runnable mine;

    void hand(Runnable task) {
      mine = task;
      handed.addLast(this);
      LockSupport.unpark(thread);
    }

    @Override
    public void run() {
      while (true) {
        Runnable task;
        synchronized (WorkerPool.this) {
          task = mine != null ? mine : tasks.pollFirst();
          mine = null;
          handed.remove(this);
          Thread.interrupted();
          if (task == null) {
            idle.remove(this);
            if (shutdown) {
              workers.remove(this);
              WorkerPool.this.notifyAll();
              return;
            }
            idle.addLast(this);
          }
        }
        if (task == null) {
          LockSupport.park(WorkerPool.this);
        } else {
          perform(task);
        }
      }
    }

    private void perform(Runnable task) {
      try {
        task.run();
      } catch (Throwable failure) {
        thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
      }
    }
  }
}
