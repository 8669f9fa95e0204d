package threads.raceclinic;

import java.util.concurrent.atomic.AtomicLong;

/** Both ends of a range in one atomic number: the lower end in the upper half. */
public final class Range {
  private final AtomicLong ends;

  public Range(int lo, int hi) {
    ends = new AtomicLong(pack(lo, hi));
  }

  public boolean setLo(int v) {
    while (true) {
      long seen = ends.get();
      if (v > hi(seen)) {
        return false;
      }
      if (ends.compareAndSet(seen, pack(v, hi(seen)))) {
        return true;
      }
    }
  }

  public boolean setHi(int v) {
    while (true) {
      long seen = ends.get();
      if (v < lo(seen)) {
        return false;
      }
      if (ends.compareAndSet(seen, pack(lo(seen), v))) {
        return true;
      }
    }
  }

  public boolean contains(int v) {
    long seen = ends.get();
    return lo(seen) <= v && v <= hi(seen);
  }

  public int width() {
    long seen = ends.get();
    return hi(seen) - lo(seen);
  }

  private static long pack(int lo, int hi) {
    return (long) lo << 32 | hi & 0xFFFF_FFFFL;
  }

  private static int lo(long ends) {
    return (int) (ends >> 32);
  }

  private static int hi(long ends) {
    return (int) ends;
  }
}
