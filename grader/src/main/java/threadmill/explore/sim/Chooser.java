package threadmill.explore.sim;

/** Decides what is left open in a run: who goes next, and which of several things happens. */
public interface Chooser {
  /** Ends a run that is not worth going on with. */
  int STOP = -1;

  /**
   * @param enabled a bit for each thread that could go on, at least one
   * @param current who did the last operation, whether or not it could go on
   * @return the number of one of the enabled threads, or {@link #STOP}
   */
  int next(World world, long enabled, int current);

  /**
   * @param alternatives how many; 0 is what usually happens
   * @return a number below that
   */
  int choose(World world, int alternatives);

  /**
   * Whether the threads go in turn. Then nobody is favoured, and a program that ends otherwise and
   * does not end now is at fault, not the schedule.
   */
  default boolean keepsStep() {
    return false;
  }

  /** Tells of an operation that was done. */
  default void done(World world, Event event) {}
}
