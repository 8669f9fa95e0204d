// RM_GUARD | rejected by P1 | An atomic number cannot go wrong.
package threads.raceclinic;

import java.util.concurrent.atomic.AtomicInteger;

/** The seats of one show as one atomic number. */
public final class Tickets {
  private final AtomicInteger left;

  public Tickets(int seats) {
    left = new AtomicInteger(seats);
  }

  public boolean sell() {
    return left.getAndDecrement() > 0;
  }

  public int left() {
    return left.get();
  }
}
