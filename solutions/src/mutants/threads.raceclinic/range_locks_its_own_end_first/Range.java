// LOCK_ORDER | rejected by X3 | Lock the end that you move, then the one that you look at.
package threads.raceclinic;

/** Both ends of a range, each with a lock of its own. */
public final class Range {
  private final Object loLock = new Object();
  private final Object hiLock = new Object();
  private int lo;
  private int hi;

  public Range(int lo, int hi) {
    this.lo = lo;
    this.hi = hi;
  }

  public boolean setLo(int v) {
    synchronized (loLock) { synchronized (hiLock) {
      if (v > hi) {
        return false;
      }
      lo = v;
      return true;
    }}
  }

  public boolean setHi(int v) {
    synchronized (hiLock) { synchronized (loLock) {
      if (v < lo) {
        return false;
      }
      hi = v;
      return true;
    }}
  }

  public boolean contains(int v) {
    synchronized (loLock) {
      synchronized (hiLock) {
        return lo <= v && v <= hi;
      }
    }
  }

  public int width() {
    synchronized (loLock) {
      synchronized (hiLock) {
        return hi - lo;
      }
    }
  }
}
