package threads.raceclinic;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Both ends of a range, which many may read at once. */
public final class Range {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private int lo;
  private int hi;

  public Range(int lo, int hi) {
    this.lo = lo;
    this.hi = hi;
  }

  public boolean setLo(int v) {
    lock.writeLock().lock();
    try {
      boolean fits = v <= hi;
      lo = fits ? v : lo;
      return fits;
    } finally {
      lock.writeLock().unlock();
    }
  }

  public boolean setHi(int v) {
    lock.writeLock().lock();
    try {
      boolean fits = v >= lo;
      hi = fits ? v : hi;
      return fits;
    } finally {
      lock.writeLock().unlock();
    }
  }

  public boolean contains(int v) {
    lock.readLock().lock();
    try {
      return lo <= v && v <= hi;
    } finally {
      lock.readLock().unlock();
    }
  }

  public int width() {
    lock.readLock().lock();
    try {
      return hi - lo;
    } finally {
      lock.readLock().unlock();
    }
  }
}
