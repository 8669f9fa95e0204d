package threadmill.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What lies round a jail and must not be touched: a folder that everybody may write to, a server on
 * the loopback, and no process too many.
 */
final class Surroundings implements AutoCloseable {
  /** What orphans of the suite are named by: how long they would sleep. */
  private static final String ORPHAN = "98765";

  private static final String SECRET = "nobody's business";
  private final Path canary;
  private final ServerSocket server;
  private final AtomicInteger calls = new AtomicInteger();

  Surroundings() throws IOException {
    canary = Files.createTempDirectory("threadmill-canary-");
    Files.setPosixFilePermissions(canary, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.writeString(canary.resolve("secret"), SECRET);
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread listener = new Thread(this::listen, "loopback");
    listener.setDaemon(true);
    listener.start();
  }

  private void listen() {
    try {
      while (true) {
        server.accept().close();
        calls.incrementAndGet();
      }
    } catch (IOException e) {
      // Closed: nobody can call any more.
      return;
    }
  }

  /**
   * What was touched since the last time, in words.
   *
   * @param walled whether files and network were out of reach
   */
  List<String> faults(boolean walled) throws IOException {
    List<String> faults = new ArrayList<>();
    try (Stream<Path> files = Files.list(canary)) {
      for (Path file : files.toList()) {
        boolean ours = file.endsWith("secret");
        if (walled && !(ours && Files.readString(file).equals(SECRET))) {
          faults.add(file + " was written from inside");
        }
        if (!ours) {
          Files.delete(file);
        }
      }
    }
    if (calls.getAndSet(0) > 0 && walled) {
      faults.add("the loopback was called from inside");
    }
    ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").endsWith("sleep " + ORPHAN))
        .forEach(
            orphan -> {
              faults.add("process " + orphan.pid() + " survived");
              orphan.destroyForcibly();
            });
    return faults;
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(canary.resolve("secret"));
    Files.deleteIfExists(canary);
  }
}
