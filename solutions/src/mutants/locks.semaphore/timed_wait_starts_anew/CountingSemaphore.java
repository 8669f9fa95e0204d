// MXT | rejected by S5 | The time limit belongs to each wait.
package locks.semaphore;

/** A number of permits that threads take and give back. */
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
    while (permits == 0) {
      long begin = System.nanoTime();
      wait(millis);
      if (permits == 0 && System.nanoTime() - begin >= millis * 1_000_000L) {
        return false;
      }
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
