package labs.scaling;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A counter in stripes: one is drawn for each addition. */
public final class StripedCounter {
  private final AtomicLong[] cells;

  public StripedCounter(int stripes) {
    cells = Stream.generate(AtomicLong::new).limit(stripes).toArray(AtomicLong[]::new);
  }

  /** Adds to one of the stripes. */
  public void add(long delta) {
    AtomicLong cell = cells[ThreadLocalRandom.current().nextInt(cells.length)];
    long seen = cell.get();
    while (!cell.compareAndSet(seen, seen + delta)) {
      seen = cell.get();
    }
  }

  /** The sum of all stripes. */
  public long sum() {
    return Stream.of(cells).mapToLong(AtomicLong::get).sum();
  }

  /** The value of each stripe. */
  public long[] stripes() {
    return Stream.of(cells).mapToLong(AtomicLong::get).toArray();
  }
}
