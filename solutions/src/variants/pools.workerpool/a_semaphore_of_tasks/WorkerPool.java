package pools.workerpool;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A pool whose semaphore has a permit for each task. Shutting down adds one that never runs out:
 * who gets it passes it on and goes home.
 */
public final class WorkerPool {
  private final ThreadFactory factory;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Semaphore available = new Semaphore(0);
  private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
  private final CountDownLatch places;
  private final AtomicLong replaced = new AtomicLong();
  private boolean shutdown;

  public WorkerPool(int workers, ThreadFactory factory) {
    if (workers < 1) {
      throw new IllegalArgumentException("a pool of " + workers + " workers");
    }
    this.factory = Objects.requireNonNull(factory, "factory");
    places = new CountDownLatch(workers);
    for (int i = 0; i < workers; i++) {
      hire();
    }
  }

  public void submit(Runnable task) {
    Objects.requireNonNull(task, "task");
    synchronized (this) {
      if (shutdown) {
        throw new IllegalStateException("the pool has been shut down");
      }
      tasks.add(task);
    }
    available.release();
  }

  public synchronized void shutdown() {
    shutdown = true;
    available.release();
  }

  public synchronized List<Runnable> shutdownNow() {
    shutdown();
    List<Runnable> left = new ArrayList<>();
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      left.add(task);
    }
    workers.forEach(Thread::interrupt);
    return left;
  }

  public boolean awaitTermination(long millis) throws InterruptedException {
    return places.await(millis, TimeUnit.MILLISECONDS);
  }

  public int liveWorkers() {
    return workers.size();
  }

  public long replaced() {
    return replaced.get();
  }

  private void hire() {
    Thread worker = factory.newThread(this::work);
    workers.add(worker);
    worker.start();
  }

  private void work() {
    boolean done = false;
    try {
      for (Runnable task = next(); task != null; task = next()) {
        task.run();
      }
      done = true;
    } finally {
      workers.remove(Thread.currentThread());
      if (done) {
        places.countDown();
      } else {
        replaced.incrementAndGet();
        hire();
      }
    }
  }

  private Runnable next() {
    available.acquireUninterruptibly();
    synchronized (this) {
      Thread.interrupted();
      Runnable task = tasks.poll();
      if (task == null) {
        available.release();
      }
      return task;
    }
  }
}
