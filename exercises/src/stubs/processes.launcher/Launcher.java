package processes.launcher;

import static threadmill.Todo.todo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Runs other programs as child processes and brings back all that they said. */
public final class Launcher {

  /**
   * What became of a child.
   *
   * @param exitCode the child's exit code; any number if the child had to be killed
   * @param out all that the child wrote to its standard output, as UTF-8
   * @param err all that the child wrote to its standard error, as UTF-8
   * @param timedOut whether the child had to be killed because its time was up
   */
  public record Result(int exitCode, String out, String err, boolean timedOut) {}

  /**
   * Runs a child to its end, or kills it when its time is up.
   *
   * @param command the program and its arguments
   * @param stdin what the child finds on its standard input, and then the end of it
   * @param limit how long the child may live
   * @throws IOException if the program cannot be started
   * @throws InterruptedException if the caller is interrupted; the child is dead by then
   */
  public Result run(List<String> command, byte[] stdin, Duration limit)
      throws IOException, InterruptedException {
    // TODO
    throw todo();
  }
}
