// SCOPE | rejected by C1 | They are the values, so they are what is given.
package labs.scaling;

import java.util.stream.IntStream;

/** A counter in stripes: each thread has one, by its id. */
public final class StripedCounter {
  private final long[] cells;
  private final Object[] locks;

  public StripedCounter(int stripes) {
    cells = new long[stripes];
    locks = IntStream.range(0, stripes).mapToObj(i -> new Object()).toArray();
  }

  /** Adds to one of the stripes. */
  @SuppressWarnings("deprecation")
  public void add(long delta) {
    int hash = Long.hashCode(Thread.currentThread().getId() * 0x9E3779B97F4A7C15L);
    int stripe = Math.floorMod(hash, cells.length);
    synchronized (locks[stripe]) {
      cells[stripe] += delta;
    }
  }

  /** The sum of all stripes. */
  public long sum() {
    long sum = 0;
    for (int i = 0; i < cells.length; i++) {
      synchronized (locks[i]) {
        sum += cells[i];
      }
    }
    return sum;
  }

  /** The value of each stripe. */
  public long[] stripes() {
    return cells;
  }
}
