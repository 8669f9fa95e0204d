// MSP | rejected by X1 | Lock what you change: the number of seats.
package threads.raceclinic;

/** The seats of one show, guarded by the monitor of their number. */
public final class Tickets {
  private Integer left;

  public Tickets(int seats) {
    left = seats;
  }

  public boolean sell() {
    synchronized (left) {
      if (left == 0) {
        return false;
      }
      left--;
      return true;
    }
  }

  public int left() {
    synchronized (left) {
      return left;
    }
  }
}
