package threads.raceclinic;

import java.util.concurrent.atomic.AtomicInteger;

/** The seats of one show as one atomic number. */
public final class Tickets {
  private final AtomicInteger left;

  public Tickets(int seats) {
    left = new AtomicInteger(seats);
  }

  public boolean sell() {
    int seen = left.get();
    while (seen > 0 && !left.compareAndSet(seen, seen - 1)) {
      seen = left.get();
    }
    return seen > 0;
  }

  public int left() {
    return left.get();
  }
}
