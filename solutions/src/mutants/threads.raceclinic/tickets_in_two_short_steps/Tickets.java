// SPCR | rejected by X1 | Each access is protected, so the sale is.
package threads.raceclinic;

/** The seats of one show, guarded by this object's monitor. */
public final class Tickets {
  private int left;

  public Tickets(int seats) {
    left = seats;
  }

  public boolean sell() {
    if (left() == 0) {
      return false;
    }
    take();
    return true;
  }

  private synchronized void take() {
    left--;
  }

  public synchronized int left() {
    return left;
  }
}
