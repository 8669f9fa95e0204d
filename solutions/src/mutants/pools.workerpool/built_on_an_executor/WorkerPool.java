// RXO | rejected by P15 | The library has it already.
package pools.workerpool;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A pool around one of the library's. */
public final class WorkerPool {
  private final ThreadPoolExecutor pool;
  private final AtomicLong made = new AtomicLong();

  public WorkerPool(int workers, ThreadFactory factory) {
    ThreadFactory counting =
        work -> {
          made.incrementAndGet();
          return factory.newThread(work);
        };
    pool =
        new ThreadPoolExecutor(
            workers, workers, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), counting);
  }

  public void submit(Runnable task) {
    try {
      pool.execute(Objects.requireNonNull(task, "task"));
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the pool has been shut down", e);
    }
  }

  public void shutdown() {
    pool.shutdown();
  }

  public List<Runnable> shutdownNow() {
    return pool.shutdownNow();
  }

  public boolean awaitTermination(long millis) throws InterruptedException {
    return pool.awaitTermination(millis, TimeUnit.MILLISECONDS);
  }

  public int liveWorkers() {
    return pool.getPoolSize();
  }

  public long replaced() {
    return Math.max(0, made.get() - pool.getCorePoolSize());
  }
}
