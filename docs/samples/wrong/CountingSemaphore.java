package locks.semaphore;

/** Looks right, passes every naive test, and is wrong twice. */
public final class CountingSemaphore {
  private int permits;

  public CountingSemaphore(int permits) {
    this.permits = permits;
  }

  public synchronized void acquire() throws InterruptedException {
    if (permits == 0) {
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
    long end = System.currentTimeMillis() + millis;
    while (permits == 0) {
      long left = end - System.currentTimeMillis();
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    permits--;
    return true;
  }

  public synchronized void release() {
    permits++;
    if (permits == 1) {
      notify();
    }
  }

  public synchronized int available() {
    return permits;
  }
}
