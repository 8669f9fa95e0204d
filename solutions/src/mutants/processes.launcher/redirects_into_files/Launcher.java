// FAKE | rejected by L14 | A file is a pipe that is never full.
package processes.launcher;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs other programs as child processes: their output goes into two files. */
public final class Launcher {

  /** What became of a child. */
  public record Result(int exitCode, String out, String err, boolean timedOut) {}

  /** Runs a child to its end, or kills it when its time is up. */
  public Result run(List<String> command, byte[] stdin, Duration limit)
      throws IOException, InterruptedException {
    File out = File.createTempFile("child", ".out");
    File err = File.createTempFile("child", ".err");
    Process child = new ProcessBuilder(command).redirectOutput(out).redirectError(err).start();
    try {
      Thread feeder = new Thread(() -> feed(child.getOutputStream(), stdin), "stdin");
      feeder.start();

      boolean ended = child.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        kill(child);
      }
      int exitCode = child.waitFor();
      feeder.join();
      return new Result(exitCode, textOf(out), textOf(err), !ended);
    } finally {
      kill(child);
      out.delete();
      err.delete();
    }
  }

  private static String textOf(File file) throws IOException {
    return Files.readString(file.toPath(), StandardCharsets.UTF_8);
  }

  private static void feed(OutputStream pipe, byte[] bytes) {
    try (pipe) {
      pipe.write(bytes);
    } catch (IOException e) {
      // A child need not read its input: it may end, or close the pipe, before that.
      return;
    }
  }

  /**
   * Kills the youngest first: a dead parent's children belong to somebody else. Through handles,
   * because {@link Process#destroyForcibly} would close the pipes, unread bytes and all.
   */
  private static void kill(Process child) {
    Stream.concat(child.descendants(), Stream.of(child.toHandle()))
        .forEach(ProcessHandle::destroyForcibly);
  }
}
