package labs.scaling;

import java.util.concurrent.atomic.AtomicLongArray;

/** A counter in stripes: each thread has one, by its id. */
public final class StripedCounter {
  private final AtomicLongArray cells;

  public StripedCounter(int stripes) {
    cells = new AtomicLongArray(stripes);
  }

  /** Adds to one of the stripes. */
  @SuppressWarnings("deprecation")
  public void add(long delta) {
    int hash = Long.hashCode(Thread.currentThread().getId() * 0x9E3779B97F4A7C15L);
    cells.addAndGet(Math.floorMod(hash, cells.length()), delta);
  }

  /** The sum of all stripes. */
  public long sum() {
    long sum = 0;
    for (int i = 0; i < cells.length(); i++) {
      sum += cells.get(i);
    }
    return sum;
  }

  /** The value of each stripe. */
  public long[] stripes() {
    long[] values = new long[cells.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = cells.get(i);
    }
    return values;
  }
}
