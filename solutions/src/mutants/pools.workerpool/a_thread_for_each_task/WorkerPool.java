// RM_GUARD | rejected by P2 | The more threads, the sooner a task gets its turn.
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

/** A pool that makes a thread whenever a task finds no idle worker. */
public final class WorkerPool {
  private final ThreadFactory factory;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Set<Thread> workers = new HashSet<>();
  private final Lock lock = new ReentrantLock(true);
  private final Condition work = lock.newCondition();
  private final Condition ended = lock.newCondition();
  private int idle;
  private long killed;
  private long replaced;
  private boolean shutdown;

  public WorkerPool(int workers, ThreadFactory factory) {
    if (workers < 1) {
      throw new IllegalArgumentException("a pool of " + workers + " workers");
    }
    this.factory = Objects.requireNonNull(factory, "factory");
  }

  public void submit(Runnable task) {
    Objects.requireNonNull(task, "task");
    lock.lock();
    try {
      if (shutdown) {
        throw new IllegalStateException("the pool has been shut down");
      }
      tasks.add(task);
      hireIfNeeded();
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
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public List<Runnable> shutdownNow() {
    lock.lock();
    try {
      List<Runnable> left = new ArrayList<>(tasks);
      tasks.clear();
      workers.forEach(Thread::interrupt);
      shutdown();
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

  private void hireIfNeeded() {
    if (tasks.size() > idle) {
      if (killed > replaced) {
        replaced++;
      }
      Thread worker = factory.newThread(this::work);
      workers.add(worker);
      worker.start();
    }
  }

  private void work() {
    boolean dies = true;
    try {
      for (Runnable task = next(); task != null; task = next()) {
        task.run();
      }
      dies = false;
    } finally {
      leave(dies);
    }
  }

  private Runnable next() {
    lock.lock();
    try {
      idle++;
      while (tasks.isEmpty() && !shutdown) {
        work.awaitUninterruptibly();
      }
      idle--;
      Thread.interrupted();
      return tasks.poll();
    } finally {
      lock.unlock();
    }
  }

  private void leave(boolean dies) {
    lock.lock();
    try {
      workers.remove(Thread.currentThread());
      killed += dies ? 1 : 0;
      hireIfNeeded();
      if (workers.isEmpty()) {
        ended.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
