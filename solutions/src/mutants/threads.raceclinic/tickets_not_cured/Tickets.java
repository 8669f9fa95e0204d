// RSK | rejected by X1 | A sale is so short that nobody comes in between.
package threads.raceclinic;

/** The seats of one show. */
public final class Tickets {
  private int left;

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
