package processes.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs child processes: three tasks in a pool of its own serve the pipes. */
public final class Launcher {

  /** What became of a child. */
  public record Result(int exitCode, String out, String err, boolean timedOut) {}

  /** Runs a child to its end, or kills it when its time is up. */
  public Result run(List<String> command, byte[] stdin, Duration limit)
      throws IOException, InterruptedException {
    Process child = new ProcessBuilder(command).start();
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      Future<String> out = pool.submit(() -> textOf(child.getInputStream()));
      Future<String> err = pool.submit(() -> textOf(child.getErrorStream()));
      pool.submit(() -> feed(child.getOutputStream(), stdin));
      boolean timedOut = !child.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (timedOut) {
        killAll(child);
      }
      return new Result(child.waitFor(), out.get(), err.get(), timedOut);
    } catch (ExecutionException e) {
      throw new IOException("a pipe of the child failed", e.getCause());
    } finally {
      killAll(child);
      child.onExit().join();
      pool.shutdownNow();
    }
  }

  private static String textOf(InputStream pipe) throws IOException {
    return new String(pipe.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void feed(OutputStream pipe, byte[] bytes) {
    try {
      pipe.write(bytes);
      pipe.flush();
    } catch (IOException e) {
      // The child does not want it.
      return;
    } finally {
      close(pipe);
    }
  }

  private static void close(OutputStream pipe) {
    try {
      pipe.close();
    } catch (IOException e) {
      // Closing flushes, into a pipe that nobody may read any more.
      return;
    }
  }

  private static void killAll(Process child) {
    List<ProcessHandle> tree = child.descendants().toList();
    child.toHandle().destroyForcibly();
    tree.forEach(ProcessHandle::destroyForcibly);
  }
}
