package threads.raceclinic;

import java.util.concurrent.atomic.AtomicReference;

/** The seats of one show as an object that is replaced and never changed. */
public final class Tickets {
  private final AtomicReference<Integer> left;

  public Tickets(int seats) {
    left = new AtomicReference<>(seats);
  }

  public boolean sell() {
    Integer seen = left.get();
    // The same object as was read, whatever its value.
    while (seen > 0 && !left.compareAndSet(seen, seen - 1)) {
      seen = left.get();
    }
    return seen > 0;
  }

  public int left() {
    return left.get();
  }
}
