package threadmill.jail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts processes that run submissions, confined as well as this machine allows. */
public interface Jail {
  /** The strongest jail that this machine gives. */
  static Jail strongest() {
    return new ProcessGroupJail(Limits.STANDARD);
  }

  Level level();

  /**
   * Starts a command with an empty environment.
   *
   * @param workingFolder where it starts and may write
   */
  Inmate start(List<String> command, Path workingFolder) throws IOException;
}
