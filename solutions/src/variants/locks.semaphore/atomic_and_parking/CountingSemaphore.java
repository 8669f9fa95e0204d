package locks.semaphore;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A number of permits in an atomic, and a queue of parked threads. */
public final class CountingSemaphore {
  private final AtomicInteger permits;
  private final Queue<Thread> parked = new ConcurrentLinkedQueue<>();

  public CountingSemaphore(int permits) {
    this.permits = new AtomicInteger(permits);
  }

  public void acquire() throws InterruptedException {
    await(Long.MAX_VALUE);
  }

  public boolean tryAcquire() {
    for (int seen = permits.get(); seen > 0; seen = permits.get()) {
      if (permits.compareAndSet(seen, seen - 1)) {
        return true;
      }
    }
    return false;
  }

  public boolean tryAcquire(long millis) throws InterruptedException {
    return await(TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis)));
  }

  public void release() {
    permits.incrementAndGet();
    // All of them look again: whom a permit is meant for is decided by who takes it.
    parked.forEach(LockSupport::unpark);
  }

  public int available() {
    return permits.get();
  }

  private boolean await(long nanos) throws InterruptedException {
    Thread me = Thread.currentThread();
    long begin = System.nanoTime();
    parked.add(me);
    try {
      while (!tryAcquire()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        long left = nanos - (System.nanoTime() - begin);
        if (nanos == Long.MAX_VALUE) {
          LockSupport.park();
        } else if (left > 0) {
          LockSupport.parkNanos(left);
        } else {
          return false;
        }
      }
      return true;
    } finally {
      parked.remove(me);
    }
  }
}
