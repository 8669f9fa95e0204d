package threads.raceclinic;

import static threadmill.Todo.todo;

/** The seats of one show, sold by several counters. Works, until two of them sell at once. */
public final class Tickets {
  private int left;

  public Tickets(int seats) {
    left = seats;
    // TODO cure this class, then delete the next line.
    throw todo();
  }

  /** Sells one seat, if there is one left. */
  public boolean sell() {
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  /** How many seats are not sold. */
  public int left() {
    return left;
  }
}
