// SCOPE | rejected by L17 | Tasks that wait for a child's bytes occupy the threads that all others
// share: enough children, and nobody is left to serve the next one.
package processes.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs other programs as child processes: a task for each pipe, and the caller waits. */
public final class Launcher {

  /** What became of a child. */
  public record Result(int exitCode, String out, String err, boolean timedOut) {}

  /** Runs a child to its end, or kills it when its time is up. */
  public Result run(List<String> command, byte[] stdin, Duration limit)
      throws IOException, InterruptedException {
    Process child = new ProcessBuilder(command).start();
    try {
      Pump out = new Pump(child.getInputStream());
      Pump err = new Pump(child.getErrorStream());
      CompletableFuture<Void> read = CompletableFuture.runAsync(out);
      CompletableFuture<Void> heard = CompletableFuture.runAsync(err);
      CompletableFuture<Void> fed =
          CompletableFuture.runAsync(() -> feed(child.getOutputStream(), stdin));

      boolean ended = child.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        kill(child);
      }
      int exitCode = child.waitFor();
      CompletableFuture.allOf(read, heard, fed).join();
      return new Result(exitCode, out.text(), err.text(), !ended);
    } finally {
      kill(child);
      child.onExit().join();
    }
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

  /** Empties a pipe to its end. */
  private static final class Pump implements Runnable {
    private final InputStream pipe;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Pump(InputStream pipe) {
      this.pipe = pipe;
    }

    @Override
    public void run() {
      try (pipe) {
        pipe.transferTo(bytes);
      } catch (IOException e) {
        // The pipe is gone; what came through it is kept.
        return;
      }
    }

    /** What came through; to be asked when it is done. */
    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
