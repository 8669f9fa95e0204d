package processes.forkcall;

import java.util.OptionalInt;

/** Says that a child brought no result: its task threw, or the child ended in another way. */
public final class RemoteTaskException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String type;
  private final String remoteMessage;
  private final String remoteStack;
  private final Integer exitCode;

  /**
   * The task threw.
   *
   * @param type the class name of what it threw
   * @param message its message, or null
   * @param remoteStack its stack trace in the child, as printed
   */
  public RemoteTaskException(String type, String message, String remoteStack) {
    super("the task threw " + type + (message == null ? "" : ": " + message));
    this.type = type;
    this.remoteMessage = message;
    this.remoteStack = remoteStack;
    this.exitCode = null;
  }

  /** The child ended with this exit code, and there is no result that counts. */
  public RemoteTaskException(int exitCode) {
    super("the child ended with exit code " + exitCode);
    this.type = "";
    this.remoteMessage = null;
    this.remoteStack = "";
    this.exitCode = exitCode;
  }

  /** The class name of what the task threw, or an empty text if it threw nothing. */
  public String type() {
    return type;
  }

  /** The message of what the task threw, or null. */
  public String remoteMessage() {
    return remoteMessage;
  }

  /** The stack trace in the child, as printed, or an empty text. */
  public String remoteStack() {
    return remoteStack;
  }

  /** The child's exit code, if that is why there is no result. */
  public OptionalInt exitCode() {
    return exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode);
  }
}
