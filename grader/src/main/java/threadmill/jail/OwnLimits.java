package threadmill.jail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import threadmill.model.Limits;

/**
 * The limits that the kernel sets to this process: what it starts inherits them, and can be given
 * less but not more. Immutable.
 */
final class OwnLimits {
  static final OwnLimits HERE = read(Path.of("/proc/self/limits"));

  private static final String CPU = "Max cpu time";
  private static final String FILES = "Max open files";
  private static final String FILE_SIZE = "Max file size";
  private static final String TASKS = "Max processes";

  private record Pair(long soft, long hard) {}

  private final Map<String, Pair> limits = new HashMap<>();

  private OwnLimits(List<String> lines) {
    Pattern line = Pattern.compile("(Max [a-z ]+?) {2,}(\\w+) +(\\w+)( .*)?");
    for (String text : lines) {
      Matcher found = line.matcher(text);
      if (found.matches()) {
        limits.put(found.group(1), new Pair(number(found.group(2)), number(found.group(3))));
      }
    }
  }

  /** Reads a file like {@code /proc/self/limits}; where there is none, nothing is limited. */
  static OwnLimits read(Path file) {
    try {
      return new OwnLimits(Files.readAllLines(file));
    } catch (IOException e) {
      return new OwnLimits(List.of());
    }
  }

  private static long number(String text) {
    return text.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(text);
  }

  /** What of these limits can be given to a process that is started. */
  Limits clamp(Limits wanted) {
    return with(
        wanted,
        // The hard limit kills; the soft one, a second before, tells why.
        Math.min(wanted.cpuSeconds(), Math.max(1, hard(CPU) - 1)),
        Math.min(wanted.tasks(), hard(TASKS)),
        Math.min(wanted.files(), hard(FILES)),
        Math.min(wanted.fileMib(), hard(FILE_SIZE) >> 20));
  }

  /** What is in force where nothing can be given. A JVM raises its own limit of files. */
  Limits inherited(Limits wanted) {
    return with(wanted, soft(CPU), soft(TASKS), hard(FILES), soft(FILE_SIZE) >> 20);
  }

  private static Limits with(Limits all, long cpuSeconds, long tasks, long files, long fileMib) {
    return new Limits(
        whole(cpuSeconds),
        all.memoryMib(),
        whole(tasks),
        whole(files),
        whole(fileMib),
        all.diskMib(),
        all.outputMib(),
        all.unclearSeconds());
  }

  private static int whole(long number) {
    return (int) Math.min(number, Integer.MAX_VALUE);
  }

  /** The arguments of {@code prlimit} for limits that were {@link #clamp clamped}. */
  List<String> arguments(Limits limits, boolean tasks) {
    long cpu = limits.cpuSeconds();
    long bytes = Math.min((long) Math.max(1, limits.fileMib()) << 20, hard(FILE_SIZE));
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of(
                "--core=0",
                "--nofile=" + limits.files(),
                "--fsize=" + bytes,
                "--cpu=" + cpu + ":" + Math.min(cpu + 1, hard(CPU))));
    if (tasks) {
      arguments.add("--nproc=" + limits.tasks());
    }
    return arguments;
  }

  private long soft(String name) {
    Pair pair = limits.get(name);
    return pair == null ? Long.MAX_VALUE : pair.soft();
  }

  private long hard(String name) {
    Pair pair = limits.get(name);
    return pair == null ? Long.MAX_VALUE : pair.hard();
  }
}
