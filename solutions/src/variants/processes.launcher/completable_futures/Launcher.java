package processes.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs child processes: the end of the child and of its pipes are three futures, awaited as one.
 */
public final class Launcher {
  private static final Executor NEW_THREAD = task -> new Thread(task).start();

  /** What became of a child. */
  public record Result(int exitCode, String out, String err, boolean timedOut) {}

  /** Runs a child to its end, or kills it when its time is up. */
  public Result run(List<String> command, byte[] stdin, Duration limit)
      throws IOException, InterruptedException {
    Process child = new ProcessBuilder(command).start();
    CompletableFuture<byte[]> out = drained(child.getInputStream());
    CompletableFuture<byte[]> err = drained(child.getErrorStream());
    CompletableFuture.runAsync(() -> feed(child.getOutputStream(), stdin), NEW_THREAD);
    CompletableFuture<Void> all = CompletableFuture.allOf(child.onExit(), out, err);
    boolean timedOut = false;
    try {
      all.copy().orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS).get();
    } catch (ExecutionException e) {
      timedOut = e.getCause() instanceof TimeoutException;
    } finally {
      killTree(child.toHandle());
      child.onExit().join();
    }
    try {
      all.get();
    } catch (ExecutionException e) {
      throw new IOException("a pipe of the child failed", e.getCause());
    }
    return new Result(child.exitValue(), utf8(out), utf8(err), timedOut);
  }

  private static CompletableFuture<byte[]> drained(InputStream pipe) {
    return CompletableFuture.supplyAsync(
        () -> {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          byte[] piece = new byte[1000];
          try {
            for (int n = pipe.read(piece); n >= 0; n = pipe.read(piece)) {
              bytes.write(piece, 0, n);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return bytes.toByteArray();
        },
        NEW_THREAD);
  }

  private static void feed(OutputStream pipe, byte[] bytes) {
    try (pipe) {
      pipe.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void killTree(ProcessHandle root) {
    root.children().forEach(Launcher::killTree);
    root.destroyForcibly();
  }

  private static String utf8(CompletableFuture<byte[]> bytes) {
    return new String(bytes.join(), StandardCharsets.UTF_8);
  }
}
