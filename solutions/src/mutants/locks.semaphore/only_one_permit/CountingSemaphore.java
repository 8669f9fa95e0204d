// MXC | rejected by S1 | A semaphore is a lock: free or taken.
package locks.semaphore;

/** A number of permits that threads take and give back. */
public final class CountingSemaphore {
  private boolean free;

  public CountingSemaphore(int permits) {
    if (permits < 0) {
      throw new IllegalArgumentException("permits must not be negative: " + permits);
    }
    this.free = permits > 0;
  }

  public synchronized void acquire() throws InterruptedException {
    while (!free) {
      wait();
    }
    free = false;
  }

  public synchronized boolean tryAcquire() {
    if (!free) {
      return false;
    }
    free = false;
    return true;
  }

  public synchronized boolean tryAcquire(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (!free) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      // Rounded up: waiting for 0 would mean waiting for ever.
      wait((left + 999_999L) / 1_000_000L);
    }
    free = false;
    return true;
  }

  public synchronized void release() {
    free = true;
    notify();
  }

  public synchronized int available() {
    return free ? 1 : 0;
  }
}
