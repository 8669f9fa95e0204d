package threadmill.explore.sim;

/** Unwinds a simulated thread whose schedule is over. */
final class Abandoned extends Error {
  private static final long serialVersionUID = 1L;

  Abandoned() {
    super("the schedule is over", null, false, false);
  }
}
