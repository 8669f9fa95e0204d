// ELPA | rejected by S10 | A permit is given back by the thread that took it.
package locks.semaphore;

import java.util.HashMap;
import java.util.Map;

/** A number of permits that threads take and give back. */
public final class CountingSemaphore {
  private final Map<Thread, Integer> held = new HashMap<>();
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
    held.merge(Thread.currentThread(), 1, Integer::sum);
  }

  public synchronized boolean tryAcquire() {
    if (permits == 0) {
      return false;
    }
    permits--;
    held.merge(Thread.currentThread(), 1, Integer::sum);
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
      wait((left + 999_999L) / 1_000_000L);
    }
    permits--;
    return true;
  }

  public synchronized void release() {
    Integer mine = held.get(Thread.currentThread());
    if (mine == null) {
      throw new IllegalMonitorStateException("this thread holds no permit");
    }
    held.put(Thread.currentThread(), mine == 1 ? null : mine - 1);
    permits++;
    notify();
  }

  public synchronized int available() {
    return permits;
  }
}
