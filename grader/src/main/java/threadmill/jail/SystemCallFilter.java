package threadmill.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The filter as a file, written once for each grader and deleted at its end. */
final class SystemCallFilter {
  private static Path file;

  private SystemCallFilter() {}

  static synchronized Path file() throws IOException {
    if (file == null || !Files.exists(file)) {
      byte[] filter =
          Seccomp.filter()
              .orElseThrow(() -> new IOException("no system call filter for this processor"));
      Path place = TempRoot.get().folder();
      file = Files.createFile(place.resolve(TempRoot.freshName() + ".bpf"));
      file.toFile().deleteOnExit();
      Files.write(file, filter);
    }
    return file;
  }
}
