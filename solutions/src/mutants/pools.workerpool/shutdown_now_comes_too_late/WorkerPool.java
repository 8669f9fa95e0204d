// RM_GUARD | rejected by P19 | A pool that was shut down need not be shut down again.
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
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A pool whose workers die of a task that throws, and are replaced as they leave. */
public final class WorkerPool {
  private final ThreadFactory factory;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Set<Thread> workers = new HashSet<>();
  private final Lock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition ended = lock.newCondition();
  private long replaced;
  private boolean shutdown;

  public WorkerPool(int workers, ThreadFactory factory) {
    if (workers < 1) {
      throw new IllegalArgumentException("a pool of " + workers + " workers");
    }
    this.factory = Objects.requireNonNull(factory, "factory");
    lock.lock();
    try {
      for (int i = 0; i < workers; i++) {
        hire();
      }
    } finally {
      lock.unlock();
    }
  }

  public void submit(Runnable task) {
    Objects.requireNonNull(task, "task");
    lock.lock();
    try {
      if (shutdown) {
        throw new IllegalStateException("the pool has been shut down");
      }
      tasks.add(task);
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  public void shutdown() {
    lock.lock();
    try {
      shutdown = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public List<Runnable> shutdownNow() {
    lock.lock();
    try {
      if (shutdown) {
        return List.of();
      }
      shutdown = true;
      List<Runnable> left = new ArrayList<>(tasks);
      tasks.clear();
      work.signalAll();
      workers.forEach(Thread::interrupt);
      return left;
    } finally {
      lock.unlock();
    }
  }

  public boolean awaitTermination(long millis) throws InterruptedException {
    long rest = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lockInterruptibly();
    try {
      while (!shutdown || !workers.isEmpty()) {
        if (rest <= 0) {
          return false;
        }
        rest = ended.awaitNanos(rest);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  public int liveWorkers() {
    lock.lock();
    try {
      return workers.size();
    } finally {
      lock.unlock();
    }
  }

  public long replaced() {
    lock.lock();
    try {
      return replaced;
    } finally {
      lock.unlock();
    }
  }

  private void hire() {
    Thread worker = factory.newThread(this::work);
    workers.add(worker);
    worker.start();
  }

  private void work() {
    boolean killed = true;
    try {
      for (Runnable task = next(); task != null; task = next()) {
        task.run();
      }
      killed = false;
    } finally {
      leave(killed);
    }
  }

  /** The oldest task, or null if there will be none any more. */
  private Runnable next() {
    lock.lock();
    try {
      while (tasks.isEmpty() && !shutdown) {
        work.awaitUninterruptibly();
      }
      // Under the lock: an interrupt by shutdownNow() comes later and is for the task.
      Thread.interrupted();
      return tasks.poll();
    } finally {
      lock.unlock();
    }
  }

  private void leave(boolean killed) {
    lock.lock();
    try {
      workers.remove(Thread.currentThread());
      if (killed && !(shutdown && tasks.isEmpty())) {
        replaced++;
        hire();
      }
      if (workers.isEmpty()) {
        ended.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
