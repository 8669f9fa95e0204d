package threadmill.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import threadmill.harness.Weaver;
import threadmill.jail.Jail;
import threadmill.kit.Api;
import threadmill.kit.KitException;
import threadmill.kit.Workshop.Bench;
import threadmill.model.Check;
import threadmill.model.CheckResult;
import threadmill.model.Durations;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Outcome;
import threadmill.model.Status;
import threadmill.model.Submission;
import threadmill.model.Submission.Source;
import threadmill.model.Verdict;
import threadmill.model.Where;

/**
 * One exercise of one submission, compiled. It can be graded any number of times, by several
 * threads at once, each time in child JVMs of its own; closing deletes the class files.
 */
public final class Prepared implements AutoCloseable {
  private record Bar(Status status, Finding problem) {}

  private final Jail jail;
  private final Bench bench;
  private final List<Source> sources;
  private final Path work;
  private final String schedule;
  private Path classes;
  private Optional<Bar> bar = Optional.empty();
  private Duration compiling = Duration.ZERO;

  private Prepared(Jail jail, Bench bench, List<Source> sources, Path work, String schedule) {
    this.jail = jail;
    this.bench = bench;
    this.sources = sources;
    this.work = work;
    this.schedule = schedule;
  }

  /**
   * @param schedule for explored checks: the one schedule to run, or empty
   */
  static Prepared of(Submission submission, Bench bench, Jail jail, String schedule)
      throws IOException {
    String id = bench.exercise().id();
    Prepared prepared =
        new Prepared(jail, bench, submission.sources().get(id), WorkFolders.create(), schedule);
    try {
      Finding refused = submission.problems().get(id);
      if (refused != null) {
        prepared.bar = Optional.of(new Bar(Status.NOT_COMPILED, refused));
      } else {
        prepared.compile();
      }
      return prepared;
    } catch (IOException | RuntimeException e) {
      prepared.close();
      throw e;
    }
  }

  private void compile() throws IOException {
    long begin = System.nanoTime();
    Compiler.Compiled compiled = new Compiler(jail).compile(sources, bench, work);
    compiling = since(begin);
    classes = compiled.classes();
    bar =
        compiled
            .problem()
            .map(Prepared::barOf)
            .or(() -> missingApi(bench, classes).map(gap -> new Bar(Status.REJECTED, gap)));
    if (bar.isEmpty()) {
      Weaver.weave(classes);
    }
  }

  /**
   * Grades with all checks, or with those named.
   *
   * @param only ids of checks, or none for all
   * @throws KitException if the kit has no check of that name
   */
  public Verdict grade(long seed, List<String> only) {
    return ask(chosen(bench, only), seed);
  }

  Verdict ask(List<Check> checks, long seed) {
    Durations sofar = new Durations(compiling, Duration.ZERO, Duration.ZERO);
    if (bar.isPresent()) {
      return stopped(bench, bar.get().status(), checks, bar.get().problem(), sofar);
    }
    Session session = new Session(jail, bench, checks, classes, work, seed, schedule);
    long running = System.nanoTime();
    List<CheckResult> results = session.run().stream().map(this::inStudentsFiles).toList();
    Duration run = since(running).minus(session.starting());
    Durations durations = new Durations(compiling, session.starting(), run);
    Status status = Verdict.statusOf(results);
    return new Verdict(
        bench.exercise(), status, results, Optional.empty(), durations, session.output());
  }

  @Override
  public void close() throws IOException {
    WorkFolders.delete(work);
  }

  static List<Check> chosen(Bench bench, List<String> only) {
    List<Check> checks =
        bench.checks().stream().filter(c -> only.isEmpty() || only.contains(c.id())).toList();
    if (checks.isEmpty()) {
      String id = bench.exercise().id();
      String ids = bench.checks().stream().map(Check::id).collect(Collectors.joining(", "));
      throw new KitException(id + " has no check " + String.join(", ", only) + "; it has " + ids);
    }
    return checks;
  }

  /** The verdict on what no check could be put to. */
  static Verdict stopped(
      Bench bench, Status status, List<Check> checks, Finding problem, Durations durations) {
    List<CheckResult> unasked =
        checks.stream()
            .map(c -> new CheckResult(c, Outcome.NOT_RUN, Optional.empty(), Duration.ZERO))
            .toList();
    return new Verdict(bench.exercise(), status, unasked, Optional.of(problem), durations, "");
  }

  private static Bar barOf(Finding problem) {
    boolean unclear = problem.kind() == Kind.INCONCLUSIVE;
    return new Bar(unclear ? Status.INCONCLUSIVE : Status.NOT_COMPILED, problem);
  }

  private static Optional<Finding> missingApi(Bench bench, Path classes) {
    List<String> missing = bench.api().missingIn(Api.of(classes));
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String sentence = "the contract needs " + missing.get(0) + ", which your code no longer has";
    List<String> all = missing.stream().map(m -> "missing: " + m).toList();
    return Optional.of(
        new Finding(
            Kind.CONTRACT, sentence, Optional.empty(), missing.size() > 1 ? all : List.of()));
  }

  /** Names files as the student did: a class only knows its package and file name. */
  private CheckResult inStudentsFiles(CheckResult result) {
    Optional<Finding> named =
        result
            .finding()
            .map(
                f ->
                    f.where()
                        .flatMap(
                            w ->
                                sources.stream()
                                    .filter(s -> w.file().endsWith("/" + s.fileName()))
                                    .findFirst()
                                    .map(s -> f.at(new Where(s.path(), w.line()))))
                        .orElse(f));
    return new CheckResult(result.check(), result.outcome(), named, result.duration());
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
