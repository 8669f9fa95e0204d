package threads.raceclinic;

/** Both ends of a range, guarded together by this object's monitor. */
public final class Range {
  private int lo;
  private int hi;

  public Range(int lo, int hi) {
    this.lo = lo;
    this.hi = hi;
  }

  public synchronized boolean setLo(int v) {
    if (v > hi) {
      return false;
    }
    lo = v;
    return true;
  }

  public synchronized boolean setHi(int v) {
    if (v < lo) {
      return false;
    }
    hi = v;
    return true;
  }

  public synchronized boolean contains(int v) {
    return lo <= v && v <= hi;
  }

  public synchronized int width() {
    return hi - lo;
  }
}
