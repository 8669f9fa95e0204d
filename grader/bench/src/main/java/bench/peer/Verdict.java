package bench.peer;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * What a tool says about a program, as one line on standard output.
 *
 * @param answer what it says
 * @param runs schedules, invocations or iterations made
 * @param seconds from the call of the tool to its answer, without the start of the JVM
 * @param cpu seconds of processor time that this JVM used up to then, its start included
 * @param words more about it
 */
public record Verdict(Answer answer, long runs, double seconds, double cpu, String words) {
  /** What can be said. */
  public enum Answer {
    WRONG,
    NOTHING_FOUND,
    UNDECIDED
  }

  private static final String MARK = "VERDICT\t";

  /** Says it to the process that waits, and ends this one, whatever threads are left. */
  void print() {
    String line = words.replaceAll("\\s+", " ");
    System.out.println(
        MARK
            + String.join(
                "\t",
                answer.name(),
                Long.toString(runs),
                Double.toString(seconds),
                Double.toString(cpu),
                line));
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  /** Reads the line, or gives null if it is something else. */
  public static Verdict parse(String line) {
    if (!line.startsWith(MARK)) {
      return null;
    }
    String[] parts = line.split("\t", 6);
    return new Verdict(
        Answer.valueOf(parts[1]),
        Long.parseLong(parts[2]),
        Double.parseDouble(parts[3]),
        Double.parseDouble(parts[4]),
        parts[5]);
  }

  /** A verdict given now. */
  static Verdict now(Answer answer, long runs, long startNanos, String words) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return new Verdict(answer, runs, seconds, system.getProcessCpuTime() / 1e9, words);
  }

  /** Lets this JVM say that it did not come to an end within so many milliseconds. */
  static void by(long millis, LongSupplier runs) {
    long start = System.nanoTime();
    Thread watch =
        new Thread(
            () -> {
              try {
                Thread.sleep(millis);
                now(Answer.UNDECIDED, runs.getAsLong(), start, "out of time").print();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    watch.setDaemon(true);
    watch.start();
  }
}
