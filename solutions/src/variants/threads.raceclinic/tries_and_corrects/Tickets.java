package threads.raceclinic;

import java.util.concurrent.atomic.AtomicInteger;

/** Takes a seat first and gives it back if there was none; so many may be owed for a moment. */
public final class Tickets {
  private final AtomicInteger left;

  public Tickets(int seats) {
    left = new AtomicInteger(seats);
  }

  public boolean sell() {
    if (left.decrementAndGet() >= 0) {
      return true;
    }
    left.incrementAndGet();
    return false;
  }

  public int left() {
    return Math.max(0, left.get());
  }
}
