// MSP | rejected by X1 | synchronized on some object, and it is safe.
package threads.raceclinic;

/** The seats of one show, guarded by a monitor. */
public final class Tickets {
  private int left;

  public Tickets(int seats) {
    left = seats;
  }

  public boolean sell() {
    synchronized (new Object()) {
      if (left == 0) {
        return false;
      }
      left--;
      return true;
    }
  }

  public int left() {
    synchronized (new Object()) {
      return left;
    }
  }
}
