// EAN | rejected by X3 | Two atomic variables are atomic.
package threads.raceclinic;

import java.util.concurrent.atomic.AtomicInteger;

/** Both ends of a range, each of them atomic. */
public final class Range {
  private final AtomicInteger lo;
  private final AtomicInteger hi;

  public Range(int lo, int hi) {
    this.lo = new AtomicInteger(lo);
    this.hi = new AtomicInteger(hi);
  }

  public boolean setLo(int v) {
    if (v > hi.get()) {
      return false;
    }
    lo.set(v);
    return true;
  }

  public boolean setHi(int v) {
    if (v < lo.get()) {
      return false;
    }
    hi.set(v);
    return true;
  }

  public boolean contains(int v) {
    return lo.get() <= v && v <= hi.get();
  }

  public int width() {
    return hi.get() - lo.get();
  }
}
