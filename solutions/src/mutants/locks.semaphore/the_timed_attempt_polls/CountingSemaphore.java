// BUSY | rejected by S14 | Who must look at the clock may look for a permit, too.
package locks.semaphore;

import java.util.concurrent.TimeUnit;

/** A number of permits that threads take and give back, guarded by this object's monitor. */
public final class CountingSemaphore {
  private int permits;

  public CountingSemaphore(int permits) {
    if (permits < 0) {
      throw new IllegalArgumentException("permits must not be negative: " + permits);
    }
    this.permits = permits;
  }

  public synchronized void acquire() throws InterruptedException {
    while (permits == 0) {
      wait();
    }
    permits--;
  }

  public synchronized boolean tryAcquire() {
    if (permits == 0) {
      return false;
    }
    permits--;
    return true;
  }

  public synchronized boolean tryAcquire(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
    while (permits == 0) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(1);
    }
    permits--;
    return true;
  }

  public synchronized void release() {
    permits++;
    notify();
  }

  public synchronized int available() {
    return permits;
  }
}
