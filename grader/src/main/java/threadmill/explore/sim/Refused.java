package threadmill.explore.sim;

/** Ends a schedule that met something the explorer cannot control. */
public final class Refused extends Error {
  private static final long serialVersionUID = 1L;

  public Refused(String what) {
    super("the explorer cannot control " + what);
  }
}
