// LEAK | rejected by S7 | Count the waiting threads as negative permits; waiting always ends with a
// permit.
package locks.semaphore;

/** A number of permits that threads take and give back. */
public final class CountingSemaphore {
  private int permits;
  private int wakeUps;

  public CountingSemaphore(int permits) {
    if (permits < 0) {
      throw new IllegalArgumentException("permits must not be negative: " + permits);
    }
    this.permits = permits;
  }

  public synchronized void acquire() throws InterruptedException {
    permits--;
    if (permits < 0) {
      while (wakeUps == 0) {
        wait();
      }
      wakeUps--;
    }
  }

  public synchronized boolean tryAcquire() {
    if (permits <= 0) {
      return false;
    }
    permits--;
    return true;
  }

  public synchronized boolean tryAcquire(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000L;
    while (permits <= 0) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      // Rounded up: waiting for 0 would mean waiting for ever.
      wait((left + 999_999L) / 1_000_000L);
    }
    permits--;
    return true;
  }

  public synchronized void release() {
    permits++;
    if (permits <= 0) {
      wakeUps++;
    }
    notifyAll();
  }

  public synchronized int available() {
    return Math.max(0, permits);
  }
}
