// EAN | rejected by X2 | Every thread has its own stripe.
package labs.scaling;

/** A counter in stripes: each thread has one, by its id. */
public final class StripedCounter {
  private final long[] cells;

  public StripedCounter(int stripes) {
    cells = new long[stripes];
  }

  /** Adds to one of the stripes. */
  @SuppressWarnings("deprecation")
  public void add(long delta) {
    int hash = Long.hashCode(Thread.currentThread().getId() * 0x9E3779B97F4A7C15L);
    cells[Math.floorMod(hash, cells.length)] += delta;
  }

  /** The sum of all stripes. */
  public long sum() {
    long sum = 0;
    for (int i = 0; i < cells.length; i++) {
      sum += cells[i];
    }
    return sum;
  }

  /** The value of each stripe. */
  public long[] stripes() {
    return cells.clone();
  }
}
