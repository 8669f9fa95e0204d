package threadmill.intake;

import java.util.List;

/**
 * Says in a sentence why a submission is not accepted and what to do. What speaks against nobody is
 * {@link Unreadable}.
 */
public class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> notes;

  public Refusal(String message) {
    this(message, List.of());
  }

  Refusal(String message, List<String> notes) {
    super(message);
    this.notes = List.copyOf(notes);
  }

  public Refusal(String message, Throwable cause) {
    super(message, cause);
    this.notes = List.of();
  }

  /** What was ignored, for the instructor. */
  public List<String> notes() {
    return notes;
  }
}
