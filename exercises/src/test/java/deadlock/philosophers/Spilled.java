package deadlock.philosophers;

/** Thrown by a meal that goes wrong. */
final class Spilled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Spilled() {
    super("the soup was spilled");
  }
}
