// ORDER | rejected by X9 | What goes wrong for a moment is repaired a moment later.
package threads.raceclinic;

import java.util.concurrent.atomic.AtomicInteger;

/** The seats of one show. */
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
    return left.get();
  }
}
