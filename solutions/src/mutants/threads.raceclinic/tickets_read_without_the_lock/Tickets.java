// HALF | rejected by X2 | Reading changes nothing, so it needs no lock.
package threads.raceclinic;

/** The seats of one show, guarded by this object's monitor. */
public final class Tickets {
  private int left;

  public Tickets(int seats) {
    left = seats;
  }

  public synchronized boolean sell() {
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
