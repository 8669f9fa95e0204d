package threadmill;

/** Stands for the given file of the exercises, which the harness knows by name alone. */
public final class Todo {
  private Todo() {}

  public static final class NotYetImplemented extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
