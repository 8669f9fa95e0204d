package threadmill.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The processes that labs start; none outlives its lab. */
final class Children {
  private Children() {}

  /** The smallest JVM there is: it starts and ends. */
  static List<String> jvm(String... rest) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Stream<String> flags =
        Stream.of(java, "-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m");
    return Stream.concat(flags, Stream.of(rest)).toList();
  }

  static Optional<String> tool(String name) {
    return Stream.of("/usr/bin/", "/bin/")
        .map(folder -> folder + name)
        .filter(path -> Files.isExecutable(Path.of(path)))
        .findFirst();
  }

  static void run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      end(process, 10);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end of a process, and brings it about where it takes too long. */
  static void end(Process process, int seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
