package threadmill.jail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of the system that jails are made of, found in its own folders and nowhere else. */
final class Tool {
  static final Optional<Path> BWRAP = find("bwrap");
  static final Optional<Path> PRLIMIT = find("prlimit");
  static final Optional<Path> SETPRIV = find("setpriv");
  static final Optional<Path> SETSID = find("setsid");

  private Tool() {}

  private static Optional<Path> find(String name) {
    return Stream.of("/usr/bin/", "/bin/")
        .map(dir -> Path.of(dir + name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
