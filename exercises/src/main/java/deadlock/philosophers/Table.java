package deadlock.philosophers;

/** A table at which philosophers dine. Given: a grading run uses its own copy. */
public interface Table {
  /**
   * One meal: takes both forks, eats, and puts them down.
   *
   * @param seat from 0, round the table; the fork at the right of a seat is the one at the left of
   *     the next
   * @param eat needs both forks; may throw
   */
  void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException;
}
