// LOCK_ORDER | rejected by X8 | A lock for the number and a lock for the queue: each method takes
// the one it needs first.
package locks.semaphore;

/** A number of permits that threads take and give back. */
public final class CountingSemaphore {
  private final Object number = new Object();
  private final Object queue = new Object();
  private int permits;

  public CountingSemaphore(int permits) {
    if (permits < 0) {
      throw new IllegalArgumentException("permits must not be negative: " + permits);
    }
    this.permits = permits;
  }

  public void acquire() throws InterruptedException {
    synchronized (queue) {
      while (!tryAcquire()) {
        queue.wait();
      }
    }
  }

  public boolean tryAcquire() {
    synchronized (number) {
      if (permits == 0) {
        return false;
      }
      permits--;
      return true;
    }
  }

  public boolean tryAcquire(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000L;
    synchronized (queue) {
      while (!tryAcquire()) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        // Rounded up: waiting for 0 would mean waiting for ever.
        queue.wait((left + 999_999L) / 1_000_000L);
      }
      return true;
    }
  }

  public void release() {
    synchronized (number) {
      permits++;
      synchronized (queue) {
        queue.notify();
      }
    }
  }

  public int available() {
    synchronized (number) {
      return permits;
    }
  }
}
