package threadmill.harness;

/** Ends a check that met an untouched stub. */
public final class NotStarted extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String MARKER = "threadmill.Todo$NotYetImplemented";
  private static final int DEPTH = 50;

  NotStarted() {
    super("not started", null, false, false);
  }

  /** Whether a stub's {@code todo()} is the reason behind this throwable, at any depth. */
  public static boolean isBehind(Throwable thrown) {
    Throwable current = thrown;
    for (int depth = 0; current != null && depth < DEPTH; depth++) {
      if (current instanceof NotStarted || MARKER.equals(current.getClass().getName())) {
        return true;
      }
      Throwable cause = current.getCause();
      if (cause == null && current.getSuppressed().length > 0) {
        cause = current.getSuppressed()[0];
      }
      current = cause;
    }
    return false;
  }
}
