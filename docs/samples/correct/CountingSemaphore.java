package locks.semaphore;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A number of permits guarded by a fair lock with a condition. */
public final class CountingSemaphore {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition freed = lock.newCondition();
  private int permits;

  public CountingSemaphore(int permits) {
    this.permits = permits;
  }

  public void acquire() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (permits == 0) {
        freed.await();
      }
      permits--;
    } finally {
      lock.unlock();
    }
  }

  public boolean tryAcquire() {
    lock.lock();
    try {
      return permits > 0 && permits-- > 0;
    } finally {
      lock.unlock();
    }
  }

  public boolean tryAcquire(long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lockInterruptibly();
    try {
      while (permits == 0) {
        if (left <= 0) {
          return false;
        }
        left = freed.awaitNanos(left);
      }
      permits--;
      return true;
    } finally {
      lock.unlock();
    }
  }

  public void release() {
    lock.lock();
    try {
      permits++;
      freed.signal();
    } finally {
      lock.unlock();
    }
  }

  public int available() {
    lock.lock();
    try {
      return permits;
    } finally {
      lock.unlock();
    }
  }
}
