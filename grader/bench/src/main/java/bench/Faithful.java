package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import threadmill.lab.Lab;
import threadmill.lab.Rounds;
import threadmill.measure.Interval;
import threadmill.measure.Statistics;

/**
 * The labs' own figures beside those of C programs and of {@code perf bench sched pipe}, which do
 * the same by the same mechanism. Everything runs where this JVM may run: on one core. In each
 * round a subject and its peers are measured one after the other, forwards and backwards in turn;
 * of each the median of its readings counts, and the ratios are taken within the round.
 */
public final class Faithful {
  /** The done-criterion of our switch costs. */
  private static final double BOUND = 1.2;

  private static final int WARM_UP = 3;
  private static final int READINGS = 21;

  /** Readings that each side leaves out first, since another one has filled the caches. */
  private static final int WARM = 2;

  private static final int PERF_LOOPS = 20_000;
  private static final int PERF_BASE = 10;

  /** Of a C program's readings so many are one of a lab's, which is the median of as many parts. */
  private static final int PARTS = 10;

  /** Its own figure, and what `time` says: seconds for it and for the kernel. */
  private static final Pattern PERF =
      Pattern.compile("(?s)([0-9.]+) usecs/op.*cpu ([0-9.]+) ([0-9.]+)");

  /** Who gives nanoseconds, so many readings of them. */
  private interface Series {
    double[] readings() throws IOException, InterruptedException;
  }

  /** What is set beside a subject. */
  private record Peer(String name, Series series) {}

  /**
   * What a lab measures.
   *
   * @param units of one reading: a round trip is two switches
   */
  private record Subject(String name, int units, Series series, List<Peer> peers) {}

  private final String pingpong;
  private final String create;
  private final String perf;
  private final List<Subject> subjects = new ArrayList<>();
  private final Map<String, List<Double>> nanos = new LinkedHashMap<>();

  private Faithful(Path programs, String perf) {
    this.pingpong = programs.resolve("pingpong").toString();
    this.create = programs.resolve("create").toString();
    this.perf = perf;
  }

  /**
   * @param args the folder of the C programs, the program perf, how many rounds, and the file to
   *     write
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Faithful faithful = new Faithful(Path.of(args[0]), args[1]);
    Files.writeString(Path.of(args[3]), faithful.measured(Integer.parseInt(args[2])));
  }

  private String measured(int rounds) throws IOException, InterruptedException {
    try (Rounds switches = Lab.of("labs.switchcost").orElseThrow().rounds();
        Rounds creations = Lab.of("labs.creationcost").orElseThrow().rounds()) {
      switches(switches);
      creations(creations);
      for (int round = -WARM_UP; round < rounds; round++) {
        for (Subject subject : subjects) {
          if (round < 0) {
            subject.series().readings();
          } else {
            measure(subject, round % 2 == 1);
          }
        }
      }
    }
    return section();
  }

  private void switches(Rounds lab) {
    add(
        lab,
        "threads, park",
        2,
        peer("C, futex", "futex"),
        peer("C, mutex and condition, as park is made", "parker"));
    add(lab, "threads, monitor", 2, peer("C, condition variable", "condition"));
    add(lab, "threads, pipe", 2, peer("C", "pipe-threads"), perf(true, "-T"), perf(false, "-T"));
    Series cat = () -> pingpong("pipe-command", tool("cat"));
    add(
        lab,
        "processes, pipe",
        2,
        peer("C", "pipe-processes"),
        new Peer("C, `cat` too", cat),
        perf(true),
        perf(false));
    add(lab, "virtual threads, park", 2, peer("C, futex (threads)", "futex"));
  }

  private void creations(Rounds lab) {
    Series thread = () -> parts(c(create, "thread", "210", "1", "20"));
    Series posix = () -> spawn(READINGS, tool("true"));
    Series env = () -> spawn(READINGS, tool("env"), tool("true"));
    Series fork = () -> c(create, "fork", "21", "1", "2");
    add(lab, "thread", 1, new Peer("C, `pthread_create`", thread));
    add(
        lab,
        "process (true)",
        1,
        new Peer("C, `posix_spawn`", posix),
        new Peer("C, `posix_spawn` of `env`", env),
        new Peer("C, `fork` alone", fork));
    add(lab, "process (JVM)", 1, new Peer("C, `posix_spawn`", () -> spawn(3, jvm())));
  }

  private void add(Rounds lab, String name, int units, Peer... peers) {
    if (lab.names().contains(name)) {
      int readings = name.contains("JVM") ? 3 : READINGS;
      subjects.add(new Subject(name, units, () -> readings(lab, name, readings), List.of(peers)));
    }
  }

  private static double[] readings(Rounds lab, String name, int readings) {
    double[] all = new double[readings];
    for (int i = -WARM; i < readings; i++) {
      double nanos = lab.reading(name);
      if (i >= 0) {
        all[i] = nanos;
      }
    }
    return all;
  }

  private Peer peer(String name, String kind) {
    return new Peer(name, () -> pingpong(kind));
  }

  /**
   * An operation of perf's is a round trip, too (tools/perf/bench/sched-pipe.c). It only tells how
   * long all of them took, whoever else ran meanwhile; their processor time is that of a long run
   * less that of a very short one.
   *
   * @param processor whether to ask for that
   */
  private Peer perf(boolean processor, String... options) {
    String words = "bench sched pipe " + String.join("", options);
    String name = "`perf " + words.strip() + "`" + (processor ? ", its processor time" : "");
    return new Peer(
        name,
        () -> {
          Matcher all = perf(words, PERF_LOOPS);
          if (!processor) {
            return new double[] {Double.parseDouble(all.group(1)) * 1e3};
          }
          double seconds = seconds(all) - seconds(perf(words, PERF_BASE));
          return new double[] {seconds * 1e9 / (PERF_LOOPS - PERF_BASE)};
        });
  }

  private Matcher perf(String words, int loops) throws IOException, InterruptedException {
    String timed = "TIMEFORMAT='cpu %3U %3S'; { time \"$0\" " + words + " -l " + loops + "; } 2>&1";
    String said = output(List.of("bash", "-c", timed, perf));
    Matcher matcher = PERF.matcher(said);
    if (!matcher.find()) {
      throw new IOException("perf did not say usecs/op: " + said);
    }
    return matcher;
  }

  private static double seconds(Matcher perf) {
    return Double.parseDouble(perf.group(2)) + Double.parseDouble(perf.group(3));
  }

  private double[] pingpong(String kind, String... rest) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(kind, "210", "20", "20"));
    words.addAll(List.of(rest));
    return parts(c(pingpong, words.toArray(String[]::new)));
  }

  private double[] spawn(int readings, String... command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("spawn", Integer.toString(readings), "1", "2"));
    words.addAll(List.of(command));
    return c(create, words.toArray(String[]::new));
  }

  private static double[] c(String program, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(words));
    return output(command).lines().mapToDouble(Double::parseDouble).toArray();
  }

  /** As {@link Rounds#reading}: of every ten the median. */
  private static double[] parts(double[] all) {
    double[] medians = new double[all.length / PARTS];
    Arrays.setAll(
        medians, i -> Statistics.median(Arrays.copyOfRange(all, i * PARTS, (i + 1) * PARTS)));
    return medians;
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("this failed: " + String.join(" ", command));
    }
    return said;
  }

  /** The programs of the labs. */
  private static String tool(String name) {
    Path here = Path.of("/usr/bin", name);
    return (Files.isExecutable(here) ? here : Path.of("/bin", name)).toString();
  }

  /** As in the lab. */
  private static String[] jvm() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String flags = "-Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m --version";
    return (java + " " + flags).split(" ");
  }

  private void measure(Subject subject, boolean backwards)
      throws IOException, InterruptedException {
    List<Peer> order = new ArrayList<>(List.of(new Peer("", subject.series())));
    order.addAll(subject.peers());
    if (backwards) {
      Collections.reverse(order);
    }
    for (Peer each : order) {
      double nanosOfUnit = Statistics.median(each.series().readings()) / subject.units();
      nanos.computeIfAbsent(key(subject, each.name()), k -> new ArrayList<>()).add(nanosOfUnit);
    }
  }

  private static String key(Subject subject, String peer) {
    return subject.name() + "|" + peer;
  }

  private double[] of(Subject subject, String peer) {
    return nanos.get(key(subject, peer)).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private String section() {
    StringBuilder text = new StringBuilder("## Java " + Runtime.version().feature() + "\n");
    table(text, "a switch", 2);
    table(text, "making one and waiting for its end", 1);
    return text.toString();
  }

  private void table(StringBuilder text, String title, int units) {
    text.append("\n| ").append(title).append(" | ours, µs | beside | µs | ratio | 95 % |\n");
    text.append("|---|--:|---|--:|--:|--:|\n");
    for (Subject subject : subjects) {
      for (Peer peer : subject.units() == units ? subject.peers() : List.<Peer>of()) {
        double[] ours = of(subject, "");
        double[] theirs = of(subject, peer.name());
        double[] ratios = new double[ours.length];
        Arrays.setAll(ratios, i -> ours[i] / theirs[i]);
        double ratio = Statistics.median(ratios);
        Interval interval = Statistics.ofMedian(ratios);
        boolean above = units == 2 && ratio > BOUND;
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %.2f – %.2f |%n",
                subject.name(),
                micros(ours),
                peer.name(),
                micros(theirs),
                String.format(Locale.ROOT, above ? "**%.2f**" : "%.2f", ratio),
                interval.low(),
                interval.high()));
      }
    }
  }

  private static String micros(double[] nanos) {
    double micros = Statistics.median(nanos) / 1_000;
    return String.format(Locale.ROOT, micros < 100 ? "%.2f" : "%,.0f", micros);
  }
}
