package threadmill.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import threadmill.gate.Admission;
import threadmill.gate.AllowList;
import threadmill.gate.ClassLimits;
import threadmill.harness.Weaver;
import threadmill.jail.Ending;
import threadmill.jail.Jail;
import threadmill.kit.Api;
import threadmill.kit.KitException;
import threadmill.kit.Workshop.Bench;
import threadmill.model.Check;
import threadmill.model.CheckResult;
import threadmill.model.Durations;
import threadmill.model.Exercise;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Outcome;
import threadmill.model.Status;
import threadmill.model.Submission;
import threadmill.model.Submission.Source;
import threadmill.model.Trace;
import threadmill.model.Verdict;
import threadmill.model.Where;

/**
 * One exercise of one submission, compiled. It can be graded any number of times, by several
 * threads at once, each time in child JVMs of its own; closing deletes the class files.
 */
public final class Prepared implements AutoCloseable {
  private record Bar(Status status, Finding problem) {}

  private final Jail jail;
  private final Function<Exercise, AllowList> allowList;
  private final Bench bench;
  private final List<Source> sources;
  private final Path work;
  private final String schedule;
  private Path classes;
  private Optional<Bar> bar = Optional.empty();
  private Duration compiling = Duration.ZERO;

  private Prepared(
      Jail jail,
      Function<Exercise, AllowList> allowList,
      Bench bench,
      List<Source> sources,
      Path work,
      String schedule) {
    this.jail = jail;
    this.allowList = allowList;
    this.bench = bench;
    this.sources = sources;
    this.work = work;
    this.schedule = schedule;
  }

  /**
   * Compiles submissions to one exercise in one process.
   *
   * @param allowList what submissions to an exercise may use
   * @param schedule for explored checks: the one schedule to run, or empty
   */
  static List<Prepared> of(
      List<Submission> submissions,
      Bench bench,
      Jail jail,
      Function<Exercise, AllowList> allowList,
      String schedule)
      throws IOException {
    String id = bench.exercise().id();
    Path shared = WorkFolders.create();
    List<Prepared> all = new ArrayList<>();
    try {
      for (Submission submission : submissions) {
        Path work = WorkFolders.create(shared, "" + all.size());
        List<Source> sources = submission.sources().get(id);
        Prepared prepared = new Prepared(jail, allowList, bench, sources, work, schedule);
        Optional<Finding> refused = Optional.ofNullable(submission.problems().get(id));
        prepared.bar = refused.map(Prepared::barOf);
        all.add(prepared);
      }
      compile(all.stream().filter(p -> p.bar.isEmpty()).toList(), shared);
      return all;
    } catch (IOException | RuntimeException | Error e) {
      WorkFolders.delete(shared);
      throw e;
    }
  }

  private static void compile(List<Prepared> all, Path shared) throws IOException {
    if (all.isEmpty()) {
      return;
    }
    long begin = System.nanoTime();
    List<Compiler.Order> orders =
        all.stream().map(p -> new Compiler.Order(p.sources, p.bench, p.work)).toList();
    List<Compiler.Compiled> compiled = new Compiler(all.get(0).jail).compile(orders, shared);
    Duration each = since(begin).dividedBy(all.size());
    for (int i = 0; i < all.size(); i++) {
      all.get(i).admit(compiled.get(i), each);
    }
  }

  /** What breaks here concerns this submission alone, not those compiled with it. */
  private void admit(Compiler.Compiled compiled, Duration took) {
    compiling = took;
    classes = compiled.classes();
    RunFiles files = RunFiles.of(List.of(classes));
    try {
      bar = compiled.problem().map(Prepared::barOf).or(this::barBeforeRunning);
      if (bar.isEmpty()) {
        Weaver.weave(classes, bench.exercise().id());
      } else if (files.areSpoilt() || !Files.isDirectory(classes)) {
        String why = "somebody took away files that the grader worked with";
        bar = Optional.of(barOf(Finding.of(Kind.INCONCLUSIVE, why)));
      }
    } catch (KitException e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      bar = Optional.of(barOf(Fault.of(e)));
    }
  }

  private Optional<Bar> barBeforeRunning() {
    return tooLarge()
        .map(Prepared::barOf)
        .or(() -> refused().map(breach -> new Bar(Status.REJECTED, breach)))
        .or(() -> missingApi(bench, classes).map(gap -> new Bar(Status.REJECTED, gap)));
  }

  /** Why no check will be asked, or nothing. */
  public Optional<Finding> problem() {
    return bar.map(Bar::problem);
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
    Ending.stopHere();
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
  public void close() {
    try {
      WorkFolders.delete(work);
      WorkFolders.deleteIfEmpty(work.getParent());
    } catch (IOException e) {
      // No reason to lose a verdict: what is left is swept up by the next grader.
      return;
    }
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

  private Optional<Finding> tooLarge() {
    try {
      return ClassLimits.exceeded(classes, bench.exercise().id()).map(this::inStudentsFiles);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the compiled submission refers to and may not; nothing of it is run then. */
  private Optional<Finding> refused() {
    try {
      AllowList allowed = allowList.apply(bench.exercise());
      String home = bench.exercise().id();
      return new Admission(allowed, home, bench.given(), bench.contract())
          .refuses(classes, sources)
          .map(this::inStudentsFiles);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private CheckResult inStudentsFiles(CheckResult result) {
    return new CheckResult(
        result.check(),
        result.outcome(),
        result.finding().map(this::inStudentsFiles),
        result.duration());
  }

  /** Names files as the student did: a class only knows its package and file name. */
  private Finding inStudentsFiles(Finding finding) {
    return new Finding(
        finding.kind(),
        finding.sentence(),
        finding.where().filter(this::isKnown).map(this::inStudentsFiles),
        finding.evidence(),
        finding.trace().map(this::inStudentsFiles),
        finding.costsAll());
  }

  /** An exception can be made to tell of any file there is. */
  private boolean isKnown(Where where) {
    Exercise exercise = bench.exercise();
    return Stream.concat(
            sources.stream().map(Source::fileName),
            Stream.concat(exercise.contracts().stream(), exercise.given().stream())
                .map(path -> path.getFileName().toString()))
        .anyMatch(name -> where.file().endsWith("/" + name));
  }

  private Trace inStudentsFiles(Trace trace) {
    List<Trace.Step> steps =
        trace.steps().stream()
            .map(s -> new Trace.Step(s.thread(), s.where().map(this::inStudentsFiles), s.what()))
            .toList();
    return new Trace(trace.threads(), steps, trace.schedule());
  }

  private Where inStudentsFiles(Where where) {
    return sources.stream()
        .filter(s -> where.file().endsWith("/" + s.fileName()))
        .findFirst()
        .map(s -> new Where(s.path(), where.line()))
        .orElse(where);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
