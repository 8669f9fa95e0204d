package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import threadmill.jail.Cell;
import threadmill.jail.Inmate;
import threadmill.jail.Level;
import threadmill.jail.Levels;
import threadmill.model.Limits;

/**
 * What a jail adds to the launch of a JVM, in processor time of everything: the child, all that
 * wraps it, and the grader. It is read from a control group that holds this JVM, since bwrap does
 * not wait for its first process, whose time the kernel then adds to nobody's. Bare launches and
 * those of each level take turns, so that what else the machine does meets all alike.
 */
public final class JailCost {
  private static final List<String> FLAGS =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-version");

  private JailCost() {}

  /**
   * @param args the group's file of used time, rounds, and launches of each kind in a round
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path usage = Path.of(args[0]);
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 9;
    int launches = args.length > 2 ? Integer.parseInt(args[2]) : 20;
    Levels levels = Levels.of(List.of());
    Map<String, List<Double>> costs = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      // The first round warms up and does not count.
      var counted = round == 0 ? new LinkedHashMap<String, List<Double>>() : costs;
      measure(counted, "bare", usage, launches, JailCost::bare);
      for (Level level : Level.values()) {
        if (levels.obstacle(level).isEmpty()) {
          measure(counted, level.words(), usage, launches, () -> jailed(levels, level));
        }
      }
    }
    double bare = median(costs.get("bare"));
    System.out.printf(
        "Java %s, %d rounds of %d launches, medians%n%n", Runtime.version(), rounds, launches);
    System.out.println("| level | ms of CPU for a launch | over a bare JVM |");
    System.out.println("|---|---|---|");
    costs.forEach(
        (name, all) ->
            System.out.printf(
                Locale.ROOT, "| %s | %.1f | %.1f |%n", name, median(all), median(all) - bare));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }

  private interface Launch {
    void run() throws IOException, InterruptedException;
  }

  private static void measure(
      Map<String, List<Double>> costs, String name, Path usage, int launches, Launch launch)
      throws IOException, InterruptedException {
    double begin = millis(usage);
    for (int i = 0; i < launches; i++) {
      launch.run();
    }
    costs
        .computeIfAbsent(name, n -> new ArrayList<>())
        .add((millis(usage) - begin) / launches);
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    return command;
  }

  private static void bare() throws IOException, InterruptedException {
    end(new ProcessBuilder(command()).redirectErrorStream(true).start());
  }

  private static void jailed(Levels levels, Level level) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("jail-cost-");
    Cell cell = new Cell(command(), folder, false, List.of(), Limits.STANDARD);
    try (Inmate inmate = levels.at(level).start(cell)) {
      end(inmate.process());
    }
    Files.delete(folder);
  }

  private static void end(Process process) throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("the launch failed");
    }
  }

  /** Of version 1 nanoseconds alone, of version 2 a line with microseconds. */
  private static double millis(Path usage) throws IOException {
    String text = Files.readString(usage).strip();
    return text.startsWith("usage_usec ")
        ? Long.parseLong(text.lines().findFirst().orElseThrow().substring(11)) / 1e3
        : Long.parseLong(text) / 1e6;
  }
}
