package threadmill.harness;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What Linux tells of threads and processes; elsewhere every answer is empty. */
final class Kernel {
  private static final Path PROC = Path.of("/proc");
  private static final Path TASKS = Path.of("/proc/self/task");
  private static final Set<String> FIRST_TASKS = Set.copyOf(tasks());

  private Kernel() {}

  static boolean available() {
    return Files.isDirectory(TASKS);
  }

  /** The kernel's thread ids of this process. */
  static Set<String> tasks() {
    String[] names = TASKS.toFile().list();
    return names == null ? Set.of() : new TreeSet<>(Set.of(names));
  }

  /**
   * The threads that were there when this class was first used: the JVM's own, and the driver's.
   */
  static Set<String> firstTasks() {
    return FIRST_TASKS;
  }

  /** Whether a thread of this process sleeps, or has ended. */
  static boolean isAsleep(String tid) {
    return stat(TASKS.resolve(tid)).map(Stat::asleep).orElse(true);
  }

  /**
   * State and processor time of a process. It is as awake as its most wakeful thread: the first one
   * of a JVM sleeps from beginning to end.
   */
  static Optional<Stat> process(long pid) {
    Path dir = PROC.resolve(Long.toString(pid));
    Optional<Stat> whole = stat(dir);
    String[] tasks = dir.resolve("task").toFile().list();
    if (whole.isEmpty() || tasks == null || tasks.length < 2) {
      return whole;
    }
    for (String tid : tasks) {
      Optional<Stat> task = stat(dir.resolve("task").resolve(tid));
      if (task.isPresent() && !task.get().asleep()) {
        return Optional.of(new Stat(task.get().state(), whole.get().ticks()));
      }
    }
    return whole;
  }

  private static Optional<Stat> stat(Path dir) {
    try {
      String line = Files.readString(dir.resolve("stat"));
      // The command, in parentheses, may itself hold spaces and parentheses.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return Optional.of(
          new Stat(fields[0].charAt(0), Long.parseLong(fields[11]) + Long.parseLong(fields[12])));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Set<Long> processIds() {
    Set<Long> ids = new TreeSet<>();
    String[] names = PROC.toFile().list();
    for (String name : names == null ? new String[0] : names) {
      if (name.chars().allMatch(Character::isDigit)) {
        ids.add(Long.parseLong(name));
      }
    }
    return ids;
  }

  /** Whether the process was started with this entry in its environment. */
  static boolean hasEnvironment(long pid, String entry) {
    try {
      String all =
          Files.readString(
              PROC.resolve(pid + "/environ"), java.nio.charset.StandardCharsets.ISO_8859_1);
      return ("\0" + all).contains("\0" + entry + "\0");
    } catch (IOException e) {
      return false;
    }
  }

  /** How many threads a process has, or 0 where that cannot be told. */
  static int threads(long pid) {
    String[] tasks = PROC.resolve(pid + "/task").toFile().list();
    return tasks == null ? 0 : tasks.length;
  }

  static int descriptors() {
    File[] open = new File("/proc/self/fd").listFiles();
    return open == null ? -1 : open.length;
  }

  /**
   * One reading of {@code /proc/…/stat}.
   *
   * @param state {@code R} running or ready, {@code S} asleep, {@code Z} a zombie
   * @param ticks user and system time, in clock ticks
   */
  record Stat(char state, long ticks) {
    boolean asleep() {
      return state == 'S' || state == 'T' || state == 'Z';
    }

    String words() {
      return switch (state) {
        case 'R' -> "running";
        case 'S' -> "asleep";
        case 'D' -> "waiting for a device";
        case 'T', 't' -> "stopped (SIGSTOP)";
        case 'Z' -> "ended and not waited for";
        default -> "in state " + state;
      };
    }
  }
}
