package threads.raceclinic;

/**
 * Both ends of a range: moved under a lock, read one by one where that cannot be told from reading
 * them together. Whoever finds a number between an old end and a new one finds it between two ends
 * of one moment, for a range moves over a number only by containing it.
 */
public final class Range {
  private final Object lock = new Object();
  private volatile int lo;
  private volatile int hi;

  public Range(int lo, int hi) {
    this.lo = lo;
    this.hi = hi;
  }

  public boolean setLo(int v) {
    synchronized (lock) {
      if (v > hi) {
        return false;
      }
      lo = v;
      return true;
    }
  }

  public boolean setHi(int v) {
    synchronized (lock) {
      if (v < lo) {
        return false;
      }
      hi = v;
      return true;
    }
  }

  public boolean contains(int v) {
    return lo <= v && v <= hi;
  }

  public int width() {
    synchronized (lock) {
      return hi - lo;
    }
  }
}
