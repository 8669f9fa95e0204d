package bench;

import bench.peer.Exploring;
import bench.peer.Linchecking;
import bench.peer.Stressing;
import bench.peer.Verdict;
import bench.peer.Verdict.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import threadmill.explore.weave.Copies;

/** Puts the same programs under all tools, one verdict after the other, and writes the tables. */
@Command(name = "run.sh", mixinStandardHelpOptions = true, sortOptions = false)
public final class Bench implements Callable<Integer> {
  private static final long GRACE_SECONDS = 10;

  private static final Pattern CORE =
      Pattern.compile(
          "lock-(cas-spin|ticket|ticket-plain|clh|park-queue|park-lost-wake-up|monitor|monitor-if"
              + "|flag-volatile|flag-plain|not-owned|peterson|jdk-reentrant)"
              + "|deadlock-(ordered|crossed)"
              + "|semaphore-(while|if|bulk-notify-all|bulk-notify|try-check-then-act|jdk|jdk-timed"
              + "|timed|timed-if)"
              + "|buffer-(monitor|notify|jdk)|map-check-then-act|counter-plain|stop-plain"
              + "|double-checked-plain|message-plain");

  @Option(names = "--quick", description = "Fewer schedules, shorter limits: to see that it works.")
  private boolean quick;

  @Option(names = "--schedules", description = "For the explorer, at most. Default: 2500.")
  private Integer schedules;

  @Option(names = "--invocations", description = "For Lincheck, at most. Default: as many.")
  private Integer invocations;

  @Option(names = "--limit", description = "Seconds for one verdict. Default: 60.")
  private Integer limit;

  @Option(
      names = "--lanes",
      description = "Programs measured at once: for a machine that is busy anyway. Default: 1.")
  private int lanes = 1;

  @Option(names = "--core", description = "Only 32 of the programs, some of each sort.")
  private boolean core;

  @Option(names = "--repeat", description = "Measurements of a point of the chart. Default: 3.")
  private Integer repeat;

  @Option(names = "--only", description = "Programs whose names contain this expression.")
  private Pattern only = Pattern.compile("");

  @Option(names = "--newer", description = "The home of a newer JDK, with continuations.")
  private Path newer;

  @Option(names = "--out", required = true, description = "A folder for what is measured.")
  private Path out;

  @Option(names = "--docs", description = "A folder for the chart and a copy of the tables.")
  private Path docs;

  private final Map<String, List<Cell>> cells = new LinkedHashMap<>();
  private final Set<Java> prepared = ConcurrentHashMap.newKeySet();
  private final Settings settings = new Settings();

  /** What a run was made with. */
  static final class Settings {
    int schedules;
    int invocations;
    int limitSeconds;
    int iterations = 20_000;
    int stressMillis = 2_000;
    double calibrationBefore;
    double calibrationAfter;
    double loadBefore;
    double loadAfter;
    int lanes;
    String command;
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    settings.schedules = schedules != null ? schedules : quick ? 500 : 2_500;
    settings.invocations = invocations != null ? invocations : settings.schedules;
    settings.limitSeconds = limit != null ? limit : quick ? 20 : 60;
    if (quick) {
      settings.iterations = 5_000;
      settings.stressMillis = 500;
    }
    settings.lanes = lanes;
    settings.command =
        "grader/bench/run.sh --schedules "
            + settings.schedules
            + " --invocations "
            + settings.invocations
            + " --limit "
            + settings.limitSeconds
            + (lanes == 1 ? "" : " --lanes " + lanes)
            + (core ? " --core" : "")
            + (newer == null ? "" : " --newer JDK_HOME")
            + (only.pattern().isEmpty() ? "" : " --only '" + only + "'");
    Files.createDirectories(out);
    Java old = Java.current();
    Java young = newer == null ? null : Java.at(newer);
    List<Entry> entries =
        Entry.ALL.stream()
            .filter(e -> only.matcher(e.name()).find())
            .filter(e -> !core || CORE.matcher(e.name()).matches())
            .toList();
    List<Java> explorers = young == null ? List.of(old) : List.of(old, young);
    List<String> tools = new ArrayList<>();
    explorers.forEach(j -> tools.add(explorer(j)));
    tools.addAll(List.of("Lincheck", "jcstress", "stress"));

    settings.loadBefore = Calibration.load();
    settings.calibrationBefore = Calibration.seconds();
    entries.forEach(e -> cells.put(e.name(), new ArrayList<>()));
    Map<String, Cell> jcstress;
    if (lanes == 1) {
      askAll(entries, old, explorers);
      System.out.println("jcstress");
      jcstress = jcstress(entries, old);
    } else {
      // A lane of its own.
      FutureTask<Map<String, Cell>> lane = new FutureTask<>(() -> jcstress(entries, old));
      new Thread(lane).start();
      askAll(entries, old, explorers);
      jcstress = get(lane);
    }
    entries.forEach(
        e -> row(e).add(jcstress.getOrDefault(e.name(), new Cell(e, "jcstress", null, 0))));

    Speed speed =
        new Speed(out, quick, settings.schedules, repeat != null ? repeat : quick ? 1 : 3);
    for (Java java : explorers) {
      System.out.println("speed on " + java.version());
      speed.measure(java);
    }
    settings.calibrationAfter = Calibration.seconds();
    settings.loadAfter = Calibration.load();

    Report report = new Report(entries, cells, tools, settings, speed);
    String markdown = report.markdown();
    Files.writeString(out.resolve("bench.md"), markdown);
    report.csv(out.resolve("bench.csv"));
    speed.csv(out.resolve("cost.csv"));
    Path chart = (docs == null || quick ? out : docs).resolve("explorer-cost");
    speed.chart(chart);
    if (docs != null && !quick) {
      Files.writeString(docs.resolve("explorer-bench.md"), markdown);
    }
    System.out.println(markdown);
    return 0;
  }

  static String explorer(Java java) {
    return "explorer on " + java.version();
  }

  private List<Cell> row(Entry entry) {
    return cells.get(entry.name());
  }

  private void askAll(List<Entry> entries, Java old, List<Java> explorers)
      throws IOException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(lanes);
    List<Future<?>> asked = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      boolean lincheckLast = i % 2 == 0;
      asked.add(
          pool.submit(
              () -> {
                ask(entry, lincheckLast, old, explorers);
                return null;
              }));
    }
    pool.shutdown();
    for (Future<?> each : asked) {
      get(each);
    }
  }

  private static <T> T get(Future<T> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private Map<String, Cell> jcstress(List<Entry> entries, Java java)
      throws IOException, InterruptedException {
    return new JcStressRun(entries).run(java, out.resolve("jcstress").toString(), 1_200);
  }

  /** The explorer and Lincheck take turns at being first. */
  private void ask(Entry entry, boolean lincheckLast, Java old, List<Java> explorers)
      throws IOException, InterruptedException {
    String millis = Long.toString(settings.limitSeconds * 1_000L);
    Cell lincheck = null;
    if (!lincheckLast) {
      lincheck = lincheck(entry, old, millis);
    }
    for (Java java : explorers) {
      List<String> arguments =
          List.of(entry.name(), Integer.toString(settings.schedules), millis, "1");
      row(entry)
          .add(
              child(
                  entry,
                  explorer(java),
                  java,
                  copies(java),
                  forExplorer(java),
                  Exploring.class,
                  arguments));
    }
    row(entry).add(lincheck != null ? lincheck : lincheck(entry, old, millis));
    List<String> arguments =
        List.of(
            entry.name(),
            Integer.toString(settings.iterations),
            Integer.toString(settings.stressMillis));
    row(entry)
        .add(child(entry, "stress", old, "", List.of("-Xmx256m"), Stressing.class, arguments));
    System.out.println(
        entry.name() + ": " + row(entry).stream().map(c -> c.tool() + " " + c.outcome()).toList());
  }

  /** The explorer's copies of that JDK's classes, which the grader makes once for all its JVMs. */
  private String copies(Java java) {
    return out.resolve("copies-" + java.version() + ".jar").toAbsolutePath().toString();
  }

  /** What every child of the grader loads, parsed and verified in advance; made with the copies. */
  private String archive(Java java) {
    return out.resolve("classes-" + java.version() + ".jsa").toAbsolutePath().toString();
  }

  /**
   * The same JVM as a child of the grader. Lincheck's cannot have an archive: it appends to the
   * boot class path, and then, says the JVM, sharing is only supported for boot loader classes.
   */
  private List<String> forExplorer(Java java) throws IOException, InterruptedException {
    if (prepared.add(java)) {
      java.run(
          Java.arguments(Java.forExplorer(), Copies.class.getName(), List.of(copies(java))),
          60,
          System.out::println);
      List<String> flags = new ArrayList<>(Java.forExplorer());
      Path folder = Files.createTempDirectory(out.toAbsolutePath(), "rehearsal");
      flags.add("-XX:ArchiveClassesAtExit=" + archive(java));
      flags.add("-Dthreadmill.submission=" + folder);
      java.run(
          Java.arguments(
              copies(java), flags, "threadmill.run.Rehearsal", List.of(folder.toString())),
          60,
          line -> {});
      if (!Files.exists(Path.of(archive(java)))) {
        throw new IOException("JDK " + java.version() + " made no class-data archive");
      }
    }
    List<String> flags = new ArrayList<>(Java.forExplorer());
    flags.add("-XX:SharedArchiveFile=" + archive(java));
    flags.add("-XX:+UnlockDiagnosticVMOptions");
    flags.add("-XX:ArchiveRelocationMode=0");
    return flags;
  }

  private Cell lincheck(Entry entry, Java java, String millis)
      throws IOException, InterruptedException {
    List<String> arguments = List.of(entry.name(), Integer.toString(settings.invocations), millis);
    return child(entry, "Lincheck", java, "", java.forLincheck(), Linchecking.class, arguments);
  }

  private Cell child(
      Entry entry,
      String tool,
      Java java,
      String more,
      List<String> flags,
      Class<?> main,
      List<String> arguments)
      throws IOException, InterruptedException {
    Verdict[] verdict = new Verdict[1];
    long start = System.nanoTime();
    boolean ended =
        java.run(
            Java.arguments(more, flags, main.getName(), arguments),
            settings.limitSeconds + GRACE_SECONDS,
            line -> {
              Verdict parsed = Verdict.parse(line);
              verdict[0] = parsed == null ? verdict[0] : parsed;
            });
    double wall = (System.nanoTime() - start) / 1e9;
    if (verdict[0] == null) {
      String words = ended ? "no verdict" : "out of time";
      verdict[0] = new Verdict(Answer.UNDECIDED, 0, wall, Double.NaN, words);
    }
    return new Cell(entry, tool, verdict[0], wall);
  }
}
