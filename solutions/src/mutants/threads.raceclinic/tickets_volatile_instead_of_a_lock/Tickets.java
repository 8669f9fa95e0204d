// EAN | rejected by X1 | volatile makes a variable safe for threads.
package threads.raceclinic;

/** The seats of one show, visible to all. */
public final class Tickets {
  private volatile int left;

  public Tickets(int seats) {
    left = seats;
  }

  public boolean sell() {
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  public int left() {
    return left;
  }
}
