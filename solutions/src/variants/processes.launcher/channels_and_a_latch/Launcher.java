package processes.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs child processes: asks them to end before it kills them, and decodes while it reads. */
public final class Launcher {
  private static final long GRACE_MILLIS = 100;

  /** What became of a child. */
  public record Result(int exitCode, String out, String err, boolean timedOut) {}

  /** Runs a child to its end, or kills it when its time is up. */
  public Result run(List<String> command, byte[] stdin, Duration limit)
      throws IOException, InterruptedException {
    Process child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.PIPE).start();
    CountDownLatch bothAtEnd = new CountDownLatch(2);
    StringBuffer out = new StringBuffer();
    StringBuffer err = new StringBuffer();
    daemon(() -> drain(child.getInputStream(), out, bothAtEnd));
    daemon(() -> drain(child.getErrorStream(), err, bothAtEnd));
    daemon(() -> feed(child, stdin));
    long end = System.nanoTime() + limit.toNanos();
    try {
      boolean quiet = bothAtEnd.await(limit.toNanos(), TimeUnit.NANOSECONDS);
      boolean ended = quiet && child.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (!ended) {
        stop(child);
      }
      int exitCode = child.waitFor();
      bothAtEnd.await();
      return new Result(exitCode, out.toString(), err.toString(), !ended);
    } catch (InterruptedException e) {
      everybody(child).forEach(ProcessHandle::destroyForcibly);
      child.onExit().join();
      throw e;
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  private static void drain(InputStream pipe, StringBuffer text, CountDownLatch atEnd) {
    try (Reader reader = new InputStreamReader(pipe, StandardCharsets.UTF_8)) {
      char[] piece = new char[4096];
      for (int n = reader.read(piece); n >= 0; n = reader.read(piece)) {
        text.append(piece, 0, n);
      }
    } catch (IOException e) {
      text.append("[broken off: ").append(e.getMessage()).append(']');
    } finally {
      atEnd.countDown();
    }
  }

  private static void feed(Process child, byte[] bytes) {
    try (WritableByteChannel pipe = Channels.newChannel(child.getOutputStream())) {
      for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
        pipe.write(rest);
      }
    } catch (IOException e) {
      // Nobody reads on: that is the child's affair.
      return;
    }
  }

  private static void stop(Process child) throws InterruptedException {
    List<ProcessHandle> everybody = everybody(child);
    everybody.forEach(ProcessHandle::destroy);
    child.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
    everybody.forEach(ProcessHandle::destroyForcibly);
  }

  private static List<ProcessHandle> everybody(Process child) {
    List<ProcessHandle> all = new ArrayList<>(child.descendants().toList());
    all.add(child.toHandle());
    return all;
  }
}
