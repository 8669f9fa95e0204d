package threads.raceclinic;

import static threadmill.Todo.todo;

/**
 * The numbers from one end to another, both included; the lower end is never above the upper one.
 * Works, until both ends are moved at once.
 */
public final class Range {
  private int lo;
  private int hi;

  public Range(int lo, int hi) {
    this.lo = lo;
    this.hi = hi;
    // TODO cure this class, then delete the next line.
    throw todo();
  }

  /** Moves the lower end, unless it would pass the upper one. */
  public boolean setLo(int v) {
    if (v > hi) {
      return false;
    }
    lo = v;
    return true;
  }

  /** Moves the upper end, unless it would pass the lower one. */
  public boolean setHi(int v) {
    if (v < lo) {
      return false;
    }
    hi = v;
    return true;
  }

  /** Whether this number is between the ends or one of them. */
  public boolean contains(int v) {
    return lo <= v && v <= hi;
  }

  /** How far the ends are apart. */
  public int width() {
    return hi - lo;
  }
}
