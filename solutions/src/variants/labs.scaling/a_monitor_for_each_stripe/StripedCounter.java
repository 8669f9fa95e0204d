package labs.scaling;

/** A counter in stripes: each has a monitor of its own. */
public final class StripedCounter {
  /** One number. */
  private static final class Stripe {
    private long value;

    synchronized void add(long delta) {
      value += delta;
    }

    synchronized long value() {
      return value;
    }
  }

  private final Stripe[] all;

  public StripedCounter(int stripes) {
    all = new Stripe[stripes];
    for (int i = 0; i < stripes; i++) {
      all[i] = new Stripe();
    }
  }

  /** Adds to one of the stripes. */
  @SuppressWarnings("deprecation")
  public void add(long delta) {
    all[(int) (Thread.currentThread().getId() % all.length)].add(delta);
  }

  /** The sum of all stripes. */
  public long sum() {
    long total = 0;
    for (long value : stripes()) {
      total += value;
    }
    return total;
  }

  /** The value of each stripe. */
  public long[] stripes() {
    long[] values = new long[all.length];
    for (int i = 0; i < all.length; i++) {
      values[i] = all[i].value();
    }
    return values;
  }
}
