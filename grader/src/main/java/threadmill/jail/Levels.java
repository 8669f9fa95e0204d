package threadmill.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import threadmill.model.Limits;

/** Which levels this machine gives, found out by running the real command. Thread-safe. */
public final class Levels {
  private static final Map<List<Path>, Levels> KNOWN = new ConcurrentHashMap<>();
  private static final int SECONDS = 30;

  /** Every file and folder that must be readable, and then the Java that checks run with. */
  private static final String PROBE =
      "for f; do test -r \"$f\" || { echo \"cannot read $f\"; exit 1; }; done; exec \"$0\""
          + " -Xmx32m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -version";

  private final List<Path> readable;
  private final Map<Level, Optional<String>> obstacles = new EnumMap<>(Level.class);

  private Levels(List<Path> readable) {
    this.readable = readable;
  }

  /**
   * The levels at which these files and folders can be read.
   *
   * @param readable what confined processes must be able to read
   */
  public static Levels of(List<Path> readable) {
    return KNOWN.computeIfAbsent(List.copyOf(readable), Levels::new);
  }

  /** The strongest jail; there is always level D. */
  public Jail strongest() {
    for (Level level : Level.values()) {
      if (obstacle(level).isEmpty()) {
        return new LeveledJail(level);
      }
    }
    throw new IllegalStateException("level D needs nothing");
  }

  /**
   * A jail of exactly this level.
   *
   * @throws IllegalArgumentException saying why this machine does not give it
   */
  public Jail at(Level level) {
    obstacle(level)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException("no isolation level " + level + " here: " + why);
            });
    return new LeveledJail(level);
  }

  /** Why this machine does not give a level, or nothing if it does. */
  public synchronized Optional<String> obstacle(Level level) {
    return obstacles.computeIfAbsent(level, this::probe);
  }

  private Optional<String> probe(Level level) {
    if (level == Level.D) {
      return Optional.empty();
    }
    Optional<String> missing = missing(level);
    return missing.isPresent() ? missing : run(level);
  }

  private static Optional<String> missing(Level level) {
    boolean root = "root".equals(System.getProperty("user.name"));
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("needs Linux");
    }
    if (Tool.PRLIMIT.isEmpty() || Tool.SETPRIV.isEmpty() || Tool.SETSID.isEmpty()) {
      return Optional.of("needs prlimit, setpriv and setsid: install the package util-linux");
    }
    if (level.hasNamespaces() && Tool.BWRAP.isEmpty()) {
      return Optional.of("needs bwrap: install the package bubblewrap");
    }
    if (level.hasNamespaces() && Seccomp.filter().isEmpty()) {
      return Optional.of("has no system call filter for " + System.getProperty("os.arch"));
    }
    if (level.hasPrivateUser() && !root) {
      return Optional.of("needs root");
    }
    if (level == Level.A && root) {
      return Optional.of("is for ordinary users; root has A+");
    }
    return Optional.empty();
  }

  private Optional<String> run(Level level) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", PROBE, java));
    readable.forEach(path -> command.add(path.toString()));
    Path folder = null;
    try {
      folder = Files.createTempDirectory("threadmill-" + ProcessHandle.current().pid() + "-");
      Path own = folder;
      Ending.clearsAway(() -> delete(own));
      Cell cell = new Cell(command, folder, false, readable, Limits.STANDARD);
      try (Inmate inmate = new LeveledJail(level).start(cell)) {
        Process process = inmate.process();
        process.getOutputStream().close();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
          return Optional.of("did not start within " + SECONDS + " seconds");
        }
        return process.exitValue() == 0 ? Optional.empty() : Optional.of(said(process));
      }
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the probe was interrupted");
    } finally {
      delete(folder);
    }
  }

  private static String said(Process process) throws IOException {
    String all =
        new String(process.getErrorStream().readNBytes(2_000))
            + new String(process.getInputStream().readNBytes(2_000));
    return all.lines().findFirst().orElse("the probe ended with " + process.exitValue());
  }

  private static void delete(Path folder) {
    try {
      if (folder != null) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      // Left for the next grader, which sweeps the folders of those that have ended.
      return;
    }
  }
}
