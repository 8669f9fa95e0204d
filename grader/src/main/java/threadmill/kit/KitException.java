package threadmill.kit;

/** Says what is wrong with the kit, or with a name asked of it, in a sentence for the user. */
public final class KitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KitException(String message) {
    super(message);
  }

  public KitException(String message, Throwable cause) {
    super(message, cause);
  }
}
