package bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
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
 * What a jail adds to the launch of a JVM, in processor time: of the child with all that wraps it,
 * as the kernel counts it for ended children, and of the grader itself. Bare launches and those of
 * each level take turns, so that what else the machine does meets all alike.
 */
public final class JailCost {
  private static final int TICKS_PER_SECOND = 100;
  private static final List<String> FLAGS =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-version");

  private record Cost(List<Double> children, List<Double> grader) {
    Cost() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    double child() {
      return median(children);
    }

    double own() {
      return median(grader);
    }

    private static double median(List<Double> values) {
      return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
  }

  private JailCost() {}

  /**
   * @param args rounds, and launches of each kind in a round
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
    int launches = args.length > 1 ? Integer.parseInt(args[1]) : 20;
    Levels levels = Levels.of(List.of());
    Map<String, Cost> costs = new LinkedHashMap<>();
    for (int round = 0; round <= rounds; round++) {
      measure(costs, "bare", round, launches, JailCost::bare);
      for (Level level : Level.values()) {
        if (levels.obstacle(level).isEmpty()) {
          measure(costs, level.words(), round, launches, () -> jailed(levels, level));
        }
      }
    }
    double bare = costs.get("bare").child() + costs.get("bare").own();
    System.out.printf("Java %s, %d rounds of %d launches, medians%n%n", Runtime.version(), rounds, launches);
    System.out.println("| level | child, ms of CPU | grader, ms of CPU | over a bare JVM, ms |");
    System.out.println("|---|---|---|---|");
    costs.forEach(
        (name, cost) ->
            System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f |%n",
                name,
                cost.child(),
                cost.own(),
                cost.child() + cost.own() - bare));
  }

  private interface Launch {
    void run() throws IOException, InterruptedException;
  }

  /** The first round warms up and does not count. */
  private static void measure(
      Map<String, Cost> costs, String name, int round, int launches, Launch launch)
      throws IOException, InterruptedException {
    double children = childrenMillis();
    double own = ownMillis();
    for (int i = 0; i < launches; i++) {
      launch.run();
    }
    if (round > 0) {
      Cost cost = costs.computeIfAbsent(name, n -> new Cost());
      cost.children().add((childrenMillis() - children) / launches);
      cost.grader().add((ownMillis() - own) / launches);
    }
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

  /** Of children that have ended and were waited for, in steps of 10 ms. */
  private static double childrenMillis() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * 1_000.0 / TICKS_PER_SECOND;
  }

  private static double ownMillis() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e6;
  }
}
