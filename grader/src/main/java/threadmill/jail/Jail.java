package threadmill.jail;

import java.io.IOException;
import java.util.List;
import threadmill.model.Limits;

/** Starts processes that run submissions, confined as well as this machine allows. */
public interface Jail {
  /** The jail for feedback on one's own work: level D, on any machine. */
  static Jail open() {
    return new LeveledJail(Level.D, List.of());
  }

  Level level();

  /**
   * What of these limits a process started here gets: its grader cannot give more than it has, nor
   * set any without the tool for it.
   */
  default Limits inForce(Limits wanted) {
    return wanted;
  }

  /** Starts a command with an environment of its own. */
  Inmate start(Cell cell) throws IOException;
}
