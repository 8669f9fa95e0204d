package threadmill.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import threadmill.jail.Ending;
import threadmill.kit.Kit;
import threadmill.model.Exercise;
import threadmill.model.FileNames;
import threadmill.model.Report;
import threadmill.model.Verdict;
import threadmill.report.Asked;
import threadmill.report.ConsoleReport;
import threadmill.report.EarlierReport;
import threadmill.report.FolderNames;
import threadmill.report.Ink;
import threadmill.report.JsonReport;
import threadmill.report.ReportFolder;
import threadmill.run.Batch;
import threadmill.run.Grader;
import threadmill.run.Marking;
import threadmill.run.Seeds;

/** {@code threadmill grade}. */
@Command(
    name = "grade",
    description =
        "Grade submissions: folders or zip archives of Java sources, or checkouts of the kit.",
    mixinStandardHelpOptions = true)
final class GradeCommand implements Callable<Integer> {
  private static final int SHORTEST_SECRET = 16;
  private static final int LONGEST_TOLD = 100_000;

  enum Format {
    CONSOLE,
    JSON
  }

  /**
   * What is kept of a report until all are there.
   *
   * @param words for the console
   * @param report for standard output, where it goes there
   */
  private record Told(
      String words, Optional<Report> report, boolean passed, boolean inconclusive) {}

  @Mixin private HomeMixin home;
  @Mixin private LevelMixin level;
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = {
        "Submissions or, with --all, folders of submissions. A submission that is a link is",
        "refused."
      })
  private List<Path> paths;

  @Option(names = "--all", description = "Each PATH is a folder of submissions.")
  private boolean all;

  @Option(
      names = "--exercise",
      paramLabel = "ID",
      split = ",",
      description = "Only these exercises; one that is missing counts as not started.")
  private List<String> ids = List.of();

  @Option(
      names = "--check",
      paramLabel = "CHECK",
      split = ",",
      description = "Only these checks, as in S6.")
  private List<String> checks = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = {
        "Write for each submission, as soon as it is graded, DIR/NAME/report.json for you and",
        "DIR/NAME/student.json, without the seed, for the student; and DIR/audit.jsonl."
      })
  private Path folder;

  @Option(
      names = "--resume",
      description = {
        "Leave out those whose report in --out is conclusive and of the same sources, kit, JDK,",
        "seed, isolation level, exercises and checks."
      })
  private boolean resume;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      split = ",",
      defaultValue = "console",
      description = {
        "console, json or both. Without --out, json goes to standard output, and what is for",
        "people to standard error: one report or, with --all or several PATHs, an array of them.",
        "Default: ${DEFAULT-VALUE}."
      })
  private Set<Format> formats = EnumSet.of(Format.CONSOLE);

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Submissions at the same time. Default: the number of cores.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + StudentRun.SEED,
      description = "Seed of everything random. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = {
        "A secret of the course, 16 bytes or more: each submission gets a seed that follows from",
        "it and the sources, so that nobody can foresee it. Replaces --seed."
      })
  private Path secret;

  private ReportFolder reports;
  private boolean notWritten;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Kit kit = home.kit();
    List<Path> submissions = submissions();
    Seeds seeds = secret == null ? Seeds.fixed(seed) : Seeds.of(secret());
    Map<String, Path> byName = named(submissions);
    if (resume && folder == null) {
      throw wrong("--resume needs --out, where the earlier reports are");
    }
    Grader grader = level.grader(kit);
    List<Exercise> named = ids.isEmpty() ? List.of() : kit.exercises(ids);
    List<EarlierReport> earlier = List.of();
    if (folder != null) {
      reports = new ReportFolder(folder);
      reports.recover().forEach(this::tell);
      if (resume) {
        EarlierRun run = new EarlierRun(reports, kit, seeds, grader.level().words(), asked());
        earlier = run.takeOut(byName);
        run.words().forEach(this::tell);
      }
    }
    List<String> names = List.copyOf(byName.keySet());
    submissions = List.copyOf(byName.values());
    Marking marking = new Marking(kit, grader, named, checks, seeds);
    marking.requireChecks();
    long begin = System.nanoTime();
    List<Told> graded;
    try (ProgressBar bar = progress(submissions.size())) {
      graded =
          new Batch(marking, jobs)
              .run(
                  submissions,
                  (index, report) -> {
                    Path path = byName.get(names.get(index));
                    Told told = told(path, report);
                    write(names.get(index), path, report);
                    if (bar != null) {
                      bar.step();
                    }
                    return told;
                  });
    }
    print(graded, earlier, (System.nanoTime() - begin) / 1e9);
    boolean ours = notWritten || graded.stream().anyMatch(Told::inconclusive);
    boolean passed =
        graded.stream().allMatch(Told::passed)
            && earlier.stream().allMatch(EarlierReport::allPassed);
    return ours ? Threadmill.FAILED : passed ? Threadmill.PASSED : Threadmill.NOT_PASSED;
  }

  private Asked asked() {
    return new Asked(ids, checks);
  }

  private void tell(String sentence) {
    spec.commandLine().getErr().println("threadmill: " + sentence);
  }

  private List<Path> submissions() throws IOException {
    if (jobs < 1) {
      throw wrong("--jobs must be at least 1");
    }
    List<Path> found = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw wrong("there is no file or folder '" + path + "'");
      }
      if (!all) {
        found.add(path);
      } else if (!Files.isDirectory(path)) {
        throw wrong("--all needs folders; '" + path + "' is a file");
      } else {
        try (Stream<Path> entries = Files.list(path)) {
          entries.filter(GradeCommand::looksLikeSubmission).sorted().forEach(found::add);
        }
      }
    }
    if (found.isEmpty()) {
      throw wrong("there is no folder and no zip archive in " + paths);
    }
    return found;
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private static boolean looksLikeSubmission(Path path) {
    String name = path.getFileName().toString();
    boolean archive = name.toLowerCase(Locale.ROOT).endsWith(".zip");
    return !name.startsWith(".") && (Files.isDirectory(path) || archive);
  }

  /** A folder name for each report. */
  private static Map<String, Path> named(List<Path> submissions) {
    FolderNames folders = new FolderNames();
    Map<String, Path> names = new LinkedHashMap<>();
    submissions.forEach(path -> names.put(folders.next(FileNames.submission(path)), path));
    return names;
  }

  private byte[] secret() {
    try {
      byte[] bytes = Files.readAllBytes(secret);
      if (bytes.length < SHORTEST_SECRET) {
        throw wrong(secret + " holds fewer than " + SHORTEST_SECRET + " bytes; a secret is longer");
      }
      return bytes;
    } catch (IOException e) {
      throw wrong("cannot read the secret in '" + secret + "'");
    }
  }

  private void write(String name, Path path, Report report) {
    if (reports == null) {
      return;
    }
    try {
      String where = FileNames.text(path.toAbsolutePath().normalize());
      ReportFolder.Inputs inputs = new ReportFolder.Inputs(name, where, asked());
      Ending.whole(() -> reports.add(inputs, report));
    } catch (IOException e) {
      notWritten = true;
      tell("cannot write the report of " + name + " to " + folder + ": " + e.getMessage());
    }
  }

  private Told told(Path path, Report report) {
    return new Told(
        formats.contains(Format.CONSOLE) ? words(path, report) : "",
        isPiped() ? Optional.of(report) : Optional.empty(),
        report.allPassed(),
        report.isInconclusive());
  }

  private boolean isPiped() {
    return formats.contains(Format.JSON) && folder == null;
  }

  private static String words(Path path, Report report) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    String named = ShellWord.of(path);
    new ConsoleReport(
            out,
            ink(),
            (verdict, result) -> again(named, verdict, result.check().id(), report.seed()))
        .add(report);
    String words = bytes.toString(StandardCharsets.UTF_8);
    return words.length() <= LONGEST_TOLD
        ? words
        : words.substring(0, LONGEST_TOLD) + "\n  … the rest is in its report\n";
  }

  private void print(List<Told> graded, List<EarlierReport> earlier, double seconds) {
    if (isPiped()) {
      List<Report> each = graded.stream().flatMap(told -> told.report().stream()).toList();
      boolean several = all || paths.size() > 1;
      String json = several ? JsonReport.of(each, asked()) : JsonReport.of(each.get(0), asked());
      System.out.print(Terminal.json(json));
    }
    // What is on standard output is JSON and nothing else.
    PrintStream out = isPiped() ? System.err : System.out;
    if (!formats.contains(Format.CONSOLE)) {
      return;
    }
    graded.forEach(told -> out.print(told.words()));
    summary(out, graded, earlier, seconds);
  }

  /** Of all together, however many runs it took. */
  private static void summary(
      PrintStream out, List<Told> graded, List<EarlierReport> earlier, double seconds) {
    int all = graded.size() + earlier.size();
    if (all < 2) {
      return;
    }
    long passed =
        graded.stream().filter(Told::passed).count()
            + earlier.stream().filter(EarlierReport::allPassed).count();
    out.printf(Locale.ROOT, "%n%d of %d submissions passed", passed, all);
    if (!earlier.isEmpty()) {
      out.print("; " + EarlierRun.count(earlier.size(), "was", "were") + " graded before");
    }
    if (!graded.isEmpty()) {
      out.printf(Locale.ROOT, ", in %.0f s: %.1f a minute", seconds, graded.size() * 60 / seconds);
    }
    out.println();
  }

  private static String again(String path, Verdict verdict, String check, long seed) {
    return String.format(
        Locale.ROOT,
        "./threadmill grade %s --exercise %s --check %s --seed %d",
        path,
        verdict.exercise().id(),
        check,
        seed);
  }

  private static Ink ink() {
    return Ink.forTerminal(Terminal.isInteractive());
  }

  private static ProgressBar progress(int submissions) {
    boolean shown = submissions > 1 && Terminal.isInteractive();
    return shown
        ? new ProgressBarBuilder()
            .setTaskName("grading")
            .setInitialMax(submissions)
            .setStyle(ProgressBarStyle.ASCII)
            .build()
        : null;
  }
}
