// HALF | rejected by P2 | Only the waking needs the lock; adding one is a single step.
package locks.semaphore;

/** A number of permits that threads take and give back. */
public final class CountingSemaphore {
  private int permits;
  private int waiting;

  public CountingSemaphore(int permits) {
    if (permits < 0) {
      throw new IllegalArgumentException("permits must not be negative: " + permits);
    }
    this.permits = permits;
  }

  public synchronized void acquire() throws InterruptedException {
    while (permits == 0) {
      waiting++;
      try {
        wait();
      } finally {
        waiting--;
      }
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
    long end = System.nanoTime() + millis * 1_000_000L;
    while (permits == 0) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      // Rounded up: waiting for 0 would mean waiting for ever.
      waiting++;
      try {
        wait((left + 999_999L) / 1_000_000L);
      } finally {
        waiting--;
      }
    }
    permits--;
    return true;
  }

  public void release() {
    permits++;
    if (waiting > 0) {
      synchronized (this) {
        notify();
      }
    }
  }

  public synchronized int available() {
    return permits;
  }
}
