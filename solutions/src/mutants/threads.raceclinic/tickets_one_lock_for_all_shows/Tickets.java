// ASTK | rejected by X8 | One big lock is safer than many small ones.
package threads.raceclinic;

/** The seats of one show. */
public final class Tickets {
  private static final Object LOCK = new Object();

  private int left;

  public Tickets(int seats) {
    left = seats;
  }

  public boolean sell() {
    synchronized (LOCK) {
      if (left == 0) {
        return false;
      }
      left--;
      return true;
    }
  }

  public int left() {
    synchronized (LOCK) {
      return left;
    }
  }
}
