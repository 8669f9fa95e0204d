package threadmill.intake;

/** Says in a sentence why a submission, or one exercise of it, is not accepted and what to do. */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  public Refusal(String message) {
    super(message);
  }

  public Refusal(String message, Throwable cause) {
    super(message, cause);
  }
}
