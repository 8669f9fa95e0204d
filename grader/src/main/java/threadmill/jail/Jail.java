package threadmill.jail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts processes that run submissions, confined as well as this machine allows. */
public interface Jail {
  /**
   * The strongest jail that this machine gives.
   *
   * @param readable what confined processes must be able to read
   */
  static Jail strongest(List<Path> readable) {
    return Levels.of(readable).strongest();
  }

  /** The jail for feedback on one's own work: level D, on any machine. */
  static Jail open() {
    return new LeveledJail(Level.D);
  }

  Level level();

  /** Starts a command with an environment of its own. */
  Inmate start(Cell cell) throws IOException;
}
