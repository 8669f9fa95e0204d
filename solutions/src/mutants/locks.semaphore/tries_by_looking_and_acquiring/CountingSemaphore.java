// SPCR | rejected by X12 | If there is a permit, acquire() returns at once.
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

  public boolean tryAcquire() {
    if (available() == 0) {
      return false;
    }
    try {
      acquire();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public synchronized boolean tryAcquire(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
    while (permits == 0) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      // Rounded up, since waiting for 0 would mean waiting for ever.
      wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
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
