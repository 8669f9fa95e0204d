package threadmill.intake;

import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;

/** A submission that this machine cannot read, or not now: that speaks against nobody. */
public final class Unreadable extends Refusal {
  private static final long serialVersionUID = 1L;

  Unreadable(String what, Exception cause) {
    super(sentence(what, reason(cause)), cause);
  }

  Unreadable(String path, String reason) {
    super("cannot be read whole: " + sentence(path, reason));
  }

  static String sentence(String what, String reason) {
    return what + " (" + reason + "); check its permissions and its disk, and grade it again";
  }

  /** The class of an exception and what it says, without the path. */
  public static String reason(Throwable cause) {
    String kind = cause.getClass().getSimpleName();
    String why = cause.getMessage();
    if (cause instanceof FileSystemException known) {
      why = known.getReason();
    } else if (cause instanceof InvalidPathException known) {
      why = known.getReason();
    }
    return why == null ? kind : kind + ": " + why;
  }
}
