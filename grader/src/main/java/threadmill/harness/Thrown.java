package threadmill.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import threadmill.evidence.OwnStack;
import threadmill.model.Where;

/**
 * What is known of an exception, read on the thread that threw it: a student's exception may
 * misbehave in every method it has.
 */
public record Thrown(
    Throwable throwable,
    String type,
    String message,
    List<StackTraceElement> stack,
    boolean notStarted) {
  /** Asks it everything at once; what it throws at being asked is as if it said nothing. */
  public static Thrown of(Throwable throwable) {
    return new Thrown(
        throwable,
        throwable.getClass().getSimpleName(),
        messageOf(throwable),
        stackOf(throwable),
        notStarted(throwable));
  }

  private static String messageOf(Throwable throwable) {
    try {
      return Optional.ofNullable(throwable.getMessage()).orElse("");
    } catch (Throwable hostile) {
      return "";
    }
  }

  private static List<StackTraceElement> stackOf(Throwable throwable) {
    try {
      return List.of(OwnStack.of(throwable));
    } catch (Throwable hostile) {
      return List.of();
    }
  }

  private static boolean notStarted(Throwable throwable) {
    try {
      return NotStarted.isBehind(throwable);
    } catch (Throwable hostile) {
      return false;
    }
  }

  /** The innermost line of the submission. */
  public Optional<Where> where() {
    return Students.lineIn(stack.toArray(new StackTraceElement[0]));
  }

  /** What it says, in the program's words, and where it was thrown. */
  public List<String> evidence() {
    List<String> lines = new ArrayList<>(List.of(toString()));
    stack.stream().filter(Students::isTheirs).limit(5).forEach(f -> lines.add("at " + f));
    return lines;
  }

  @Override
  public String toString() {
    return message.isBlank() ? type : type + ": " + message;
  }
}
