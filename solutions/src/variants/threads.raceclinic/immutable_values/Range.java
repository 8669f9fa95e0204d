package threads.raceclinic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Both ends of a range in an object that is replaced and never changed. */
public final class Range {
  private static final VarHandle ENDS;

  static {
    try {
      ENDS = MethodHandles.lookup().findVarHandle(Range.class, "ends", Ends.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private record Ends(int lo, int hi) {}

  private volatile Ends ends;

  public Range(int lo, int hi) {
    ends = new Ends(lo, hi);
  }

  public boolean setLo(int v) {
    Ends seen = ends;
    while (v <= seen.hi() && !ENDS.compareAndSet(this, seen, new Ends(v, seen.hi()))) {
      seen = ends;
    }
    return v <= seen.hi();
  }

  public boolean setHi(int v) {
    Ends seen = ends;
    while (v >= seen.lo() && !ENDS.compareAndSet(this, seen, new Ends(seen.lo(), v))) {
      seen = ends;
    }
    return v >= seen.lo();
  }

  public boolean contains(int v) {
    Ends seen = ends;
    return seen.lo() <= v && v <= seen.hi();
  }

  public int width() {
    Ends seen = ends;
    return seen.hi() - seen.lo();
  }
}
