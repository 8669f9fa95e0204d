package threadmill.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import threadmill.harness.Weaver;
import threadmill.jail.Jail;
import threadmill.jail.Level;
import threadmill.kit.Api;
import threadmill.kit.Kit;
import threadmill.kit.KitException;
import threadmill.kit.Workshop;
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
import threadmill.model.Verdict;

/**
 * Grades one exercise of one submission: compiles it apart, runs its checks in child JVMs, and
 * judges. Thread-safe.
 */
public final class Grader {
  private final Workshop workshop;
  private final Jail jail;
  private final String schedule;

  public Grader(Workshop workshop, Jail jail) {
    this(workshop, jail, "");
    WorkFolders.sweep();
  }

  private Grader(Workshop workshop, Jail jail, String schedule) {
    this.workshop = workshop;
    this.jail = jail;
    this.schedule = schedule;
  }

  /** The same grader, which runs this one schedule where a check would explore all. */
  public Grader replaying(String schedule) {
    return new Grader(workshop, jail, schedule);
  }

  /** A grader for this kit in the strongest jail of this machine. */
  public static Grader of(Kit kit) {
    return new Grader(new Workshop(kit, ClassPaths.ofChild()), Jail.strongest());
  }

  public Level level() {
    return jail.level();
  }

  /** The checks of an exercise, in the order of its contract. */
  public List<Check> checks(Exercise exercise) {
    return workshop.bench(exercise).checks();
  }

  /**
   * Grades with all checks, or with those named.
   *
   * @param only ids of checks, or none for all
   * @throws KitException if the kit itself is at fault, or has no check of that name
   */
  public Verdict grade(Submission submission, Exercise exercise, long seed, List<String> only) {
    Bench bench = workshop.bench(exercise);
    List<Check> checks =
        bench.checks().stream().filter(c -> only.isEmpty() || only.contains(c.id())).toList();
    if (checks.isEmpty()) {
      String ids = bench.checks().stream().map(Check::id).collect(Collectors.joining(", "));
      throw new KitException(
          exercise.id() + " has no check " + String.join(", ", only) + "; it has " + ids);
    }
    Finding refused = submission.problems().get(exercise.id());
    if (refused != null) {
      return stopped(exercise, Status.NOT_COMPILED, checks, refused, Durations.NONE);
    }
    try {
      Path work = WorkFolders.create();
      try {
        return grade(submission.sources().get(exercise.id()), bench, checks, seed, work);
      } finally {
        WorkFolders.delete(work);
      }
    } catch (IOException e) {
      Finding ours = Finding.of(Kind.INCONCLUSIVE, "the grader could not work: " + e.getMessage());
      return stopped(exercise, Status.INCONCLUSIVE, checks, ours, Durations.NONE);
    }
  }

  private Verdict grade(List<Source> sources, Bench bench, List<Check> checks, long seed, Path work)
      throws IOException {
    Exercise exercise = bench.exercise();
    long begin = System.nanoTime();
    Compiler.Compiled compiled = new Compiler(jail).compile(sources, bench, work);
    Duration compiling = since(begin);
    Durations sofar = new Durations(compiling, Duration.ZERO, Duration.ZERO);
    if (compiled.problem().isPresent()) {
      return stopped(exercise, Status.NOT_COMPILED, checks, compiled.problem().get(), sofar);
    }
    Optional<Finding> gap = missingApi(bench, compiled.classes());
    if (gap.isPresent()) {
      return stopped(exercise, Status.REJECTED, checks, gap.get(), sofar);
    }
    Weaver.weave(compiled.classes());
    Session session = new Session(jail, bench, checks, compiled.classes(), work, seed, schedule);
    long running = System.nanoTime();
    List<CheckResult> results = session.run();
    results = results.stream().map(r -> inStudentsFiles(r, sources)).toList();
    Duration run = since(running).minus(session.starting());
    Durations durations = new Durations(compiling, session.starting(), run);
    Status status = Verdict.statusOf(results);
    return new Verdict(exercise, status, results, Optional.empty(), durations, session.output());
  }

  private static Verdict stopped(
      Exercise exercise, Status status, List<Check> checks, Finding problem, Durations durations) {
    List<CheckResult> unasked =
        checks.stream()
            .map(c -> new CheckResult(c, Outcome.NOT_RUN, Optional.empty(), Duration.ZERO))
            .toList();
    return new Verdict(exercise, status, unasked, Optional.of(problem), durations, "");
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
  private static CheckResult inStudentsFiles(CheckResult result, List<Source> sources) {
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
                                    .map(s -> f.at(new threadmill.model.Where(s.path(), w.line()))))
                        .orElse(f));
    return new CheckResult(result.check(), result.outcome(), named, result.duration());
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
