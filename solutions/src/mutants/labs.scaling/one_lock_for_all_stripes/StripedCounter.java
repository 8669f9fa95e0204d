// EXCR | rejected by C3 | The stripes are one thing, and a thing has a lock.
package labs.scaling;

import java.util.concurrent.locks.ReentrantLock;

/** A counter in stripes: each thread has one, by its id. */
public final class StripedCounter {
  private final ReentrantLock lock = new ReentrantLock();
  private final long[] cells;

  public StripedCounter(int stripes) {
    cells = new long[stripes];
  }

  /** Adds to one of the stripes. */
  @SuppressWarnings("deprecation")
  public void add(long delta) {
    int hash = Long.hashCode(Thread.currentThread().getId() * 0x9E3779B97F4A7C15L);
    lock.lock();
    try {
      cells[Math.floorMod(hash, cells.length)] += delta;
    } finally {
      lock.unlock();
    }
  }

  /** The sum of all stripes. */
  public long sum() {
    long sum = 0;
    for (long value : stripes()) {
      sum += value;
    }
    return sum;
  }

  /** The value of each stripe. */
  public long[] stripes() {
    lock.lock();
    try {
      return cells.clone();
    } finally {
      lock.unlock();
    }
  }
}
