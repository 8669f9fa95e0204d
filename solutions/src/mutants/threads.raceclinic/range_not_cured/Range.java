// RSK | rejected by X3 | An assignment is one step.
package threads.raceclinic;

/** Both ends of a range. */
public final class Range {
  private int lo;
  private int hi;

  public Range(int lo, int hi) {
    this.lo = lo;
    this.hi = hi;
  }

  public boolean setLo(int v) {
    if (v > hi) {
      return false;
    }
    lo = v;
    return true;
  }

  public boolean setHi(int v) {
    if (v < lo) {
      return false;
    }
    hi = v;
    return true;
  }

  public boolean contains(int v) {
    return lo <= v && v <= hi;
  }

  public int width() {
    return hi - lo;
  }
}
