// SHCR | rejected by X1 | Only the change needs the lock; the check changes nothing.
package threads.raceclinic;

/** The seats of one show, guarded by this object's monitor. */
public final class Tickets {
  private int left;

  public Tickets(int seats) {
    left = seats;
  }

  public boolean sell() {
    if (left == 0) {
      return false;
    }
    synchronized (this) {
      left--;
      return true;
    }
  }

  public synchronized int left() {
    return left;
  }
}
