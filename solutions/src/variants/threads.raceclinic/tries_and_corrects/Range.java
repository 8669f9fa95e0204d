package threads.raceclinic;

import java.util.concurrent.locks.StampedLock;

/** Both ends of a range, read without a lock and once more if they were moved meanwhile. */
public final class Range {
  private final StampedLock lock = new StampedLock();
  private volatile int lo;
  private volatile int hi;

  public Range(int lo, int hi) {
    this.lo = lo;
    this.hi = hi;
  }

  public boolean setLo(int v) {
    long stamp = lock.writeLock();
    try {
      if (v > hi) {
        return false;
      }
      lo = v;
      return true;
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  public boolean setHi(int v) {
    long stamp = lock.writeLock();
    try {
      if (v < lo) {
        return false;
      }
      hi = v;
      return true;
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  public boolean contains(int v) {
    long stamp = lock.tryOptimisticRead();
    boolean inside = lo <= v && v <= hi;
    if (lock.validate(stamp)) {
      return inside;
    }
    stamp = lock.readLock();
    try {
      return lo <= v && v <= hi;
    } finally {
      lock.unlockRead(stamp);
    }
  }

  public int width() {
    long stamp = lock.tryOptimisticRead();
    int width = hi - lo;
    if (lock.validate(stamp)) {
      return width;
    }
    stamp = lock.readLock();
    try {
      return hi - lo;
    } finally {
      lock.unlockRead(stamp);
    }
  }
}
