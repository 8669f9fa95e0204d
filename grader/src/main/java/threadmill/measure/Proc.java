package threadmill.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the kernel counts; where there is no {@code /proc}, or not that file, an answer is empty.
 */
public final class Proc {
  private final Path root;

  /**
   * @param root {@code /proc}, or a folder like it
   */
  public Proc(Path root) {
    this.root = root;
  }

  /** This machine's. */
  public static Proc system() {
    return new Proc(Path.of("/proc"));
  }

  /**
   * Context switches of one thread so far.
   *
   * @param voluntary it had to wait
   * @param involuntary it was made to
   */
  public record Switches(long voluntary, long involuntary) {}

  /**
   * What the scheduler knows of one thread.
   *
   * @param runNanos on a processor
   * @param waitNanos ready, and waiting for one
   * @param slices how often it was put on one
   */
  public record Schedule(long runNanos, long waitNanos, long slices) {}

  /** The kernel's id of the calling thread. */
  public OptionalLong currentThread() {
    try {
      Path self = Files.readSymbolicLink(root.resolve("thread-self"));
      return OptionalLong.of(Long.parseLong(self.getFileName().toString()));
    } catch (IOException | UnsupportedOperationException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  public Optional<Switches> switches(long pid, long tid) {
    List<String> lines = lines(task(pid, tid).resolve("status"));
    OptionalLong voluntary = number(lines, "voluntary_ctxt_switches:\\s*(\\d+)");
    OptionalLong involuntary = number(lines, "nonvoluntary_ctxt_switches:\\s*(\\d+)");
    return voluntary.isPresent() && involuntary.isPresent()
        ? Optional.of(new Switches(voluntary.getAsLong(), involuntary.getAsLong()))
        : Optional.empty();
  }

  public Optional<Schedule> schedule(long pid, long tid) {
    for (String line : lines(task(pid, tid).resolve("schedstat"))) {
      if (line.matches("\\d+ \\d+ \\d+")) {
        String[] words = line.split(" ");
        return Optional.of(
            new Schedule(
                Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])));
      }
    }
    return Optional.empty();
  }

  /** The proportional set size: pages that are shared are divided by how many share them. */
  public OptionalLong pssBytes(long pid) {
    return kilobytes(number(lines(process(pid).resolve("smaps_rollup")), "Pss:\\s*(\\d+) kB"));
  }

  /** The resident set size. */
  public OptionalLong rssBytes(long pid) {
    return kilobytes(number(lines(process(pid).resolve("status")), "VmRSS:\\s*(\\d+) kB"));
  }

  /** The processors that this process may run on, as in {@code 0-1,4}. */
  public Optional<String> allowedProcessors() {
    for (String line : lines(root.resolve("self/status"))) {
      if (line.startsWith("Cpus_allowed_list:")) {
        return Optional.of(line.substring(line.indexOf(':') + 1).trim());
      }
    }
    return Optional.empty();
  }

  /** The share of the last ten seconds in which somebody waited for a processor (PSI), 0 to 1. */
  public OptionalDouble pressure() {
    for (String line : lines(root.resolve("pressure/cpu"))) {
      Matcher some = Pattern.compile("some avg10=(\\d+\\.\\d+) .*").matcher(line);
      if (some.matches()) {
        return OptionalDouble.of(Double.parseDouble(some.group(1)) / 100);
      }
    }
    return OptionalDouble.empty();
  }

  /**
   * Time of all processors since boot, in ticks of the kernel.
   *
   * @param all the idle ones, too
   * @param stolen the hypervisor gave it to others
   */
  public record Ticks(long all, long stolen) {}

  public Optional<Ticks> ticks() {
    for (String line : lines(root.resolve("stat"))) {
      String[] words = line.trim().split("\\s+");
      if (words[0].equals("cpu") && words.length > 8) {
        long all = 0;
        for (int i = 1; i <= 8; i++) {
          all += Long.parseLong(words[i]);
        }
        return Optional.of(new Ticks(all, Long.parseLong(words[8])));
      }
    }
    return Optional.empty();
  }

  private Path process(long pid) {
    return root.resolve(Long.toString(pid));
  }

  private Path task(long pid, long tid) {
    return process(pid).resolve("task").resolve(Long.toString(tid));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static OptionalLong number(List<String> lines, String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    for (String line : lines) {
      Matcher matcher = compiled.matcher(line);
      if (matcher.matches()) {
        return OptionalLong.of(Long.parseLong(matcher.group(1)));
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong kilobytes(OptionalLong number) {
    return number.isPresent() ? OptionalLong.of(number.getAsLong() * 1_024) : number;
  }
}
