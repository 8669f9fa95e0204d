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
import java.util.stream.Collectors;
import threadmill.model.Limits;

/** Which levels this machine gives, found out by running the real command. Thread-safe. */
public final class Levels {
  private static final Map<Probe, Levels> KNOWN = new ConcurrentHashMap<>();
  private static final int SECONDS = 30;

  /** Every file and folder up to the word -- must be readable; then the Java of the checks runs. */
  private static final String SHELL =
      "while [ \"$1\" != -- ]; do test -r \"$1\" || { echo \"cannot read $1\"; exit 1; }; shift;"
          + " done; shift; exec \"$@\"";

  /**
   * What must work at a level.
   *
   * @param own the folders of the grader's own, in which it may open files to other users
   * @param readable what confined processes must be able to read
   * @param java a JVM as checks run in, which says its version and ends
   */
  public record Probe(List<Path> own, List<Path> readable, List<String> java) {
    public Probe {
      own = List.copyOf(own);
      readable = List.copyOf(readable);
      java = List.copyOf(java);
    }
  }

  private final Probe probe;
  private final Map<Level, Optional<String>> obstacles = new EnumMap<>(Level.class);

  private Levels(Probe probe) {
    this.probe = probe;
  }

  /** The levels at which this works. */
  public static Levels of(Probe probe) {
    return KNOWN.computeIfAbsent(probe, Levels::new);
  }

  /** The strongest jail; there is always level D. */
  public Jail strongest() {
    for (Level level : Level.values()) {
      if (obstacle(level).isEmpty()) {
        return jail(level);
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
    return jail(level);
  }

  private Jail jail(Level level) {
    return new LeveledJail(level, probe.own());
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

  /** What a level lacks from the start, or nothing if it must be tried. */
  static Optional<String> missing(Level level) {
    boolean root = TempRoot.isRoot();
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
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SHELL, "sh"));
    probe.readable().forEach(path -> command.add(path.toString()));
    command.add("--");
    command.addAll(probe.java());
    Path folder = null;
    try {
      folder = Files.createDirectory(TempRoot.get().folder().resolve(TempRoot.freshName()));
      Path own = folder;
      Ending.clearsAway(() -> delete(own));
      Cell cell = new Cell(command, folder, false, probe.readable(), Limits.STANDARD);
      try (Inmate inmate = jail(level).start(cell)) {
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
    String reason =
        all.lines().filter(l -> !l.isBlank()).limit(2).collect(Collectors.joining(": "));
    return reason.isEmpty() ? "the probe ended with " + process.exitValue() : reason;
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
