package threadmill.gate;

/** Says what is wrong with an allow-list, in a sentence for its author. */
public final class AllowListException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AllowListException(String message) {
    super(message);
  }

  AllowListException(String message, Throwable cause) {
    super(message, cause);
  }
}
