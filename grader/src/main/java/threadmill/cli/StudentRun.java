package threadmill.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import threadmill.intake.Intake;
import threadmill.intake.Refusal;
import threadmill.kit.Kit;
import threadmill.kit.KitException;
import threadmill.model.Durations;
import threadmill.model.Exercise;
import threadmill.model.Status;
import threadmill.model.Submission;
import threadmill.model.Verdict;
import threadmill.report.ConsoleReport;
import threadmill.report.Ink;
import threadmill.run.Grader;
import threadmill.run.Marking;
import threadmill.run.Seeds;

/**
 * Grades the student's own files in this kit, as {@code mvn test} and {@code threadmill test} do:
 * what is untouched is skipped, the rest is graded like any submission.
 */
public final class StudentRun {
  /** The seed of every run that names none, so that the same sources get the same verdict. */
  static final long SEED = 1;

  private final Kit kit;
  private final Grader grader;
  private final long seed;
  private final PrintStream out;
  private final ConsoleReport report;

  /** The run of {@code mvn test}, whose output Maven collects, so that it is never coloured. */
  public static List<Verdict> underMaven(Path home, List<String> ids, List<String> checks) {
    long seed = Long.getLong("seed", SEED);
    PrintStream out = Terminal.within(System.out);
    Kit kit = Kit.find(home);
    String replay = System.getProperty("threadmill.replay", "");
    if (replay.isBlank()) {
      return new StudentRun(kit, Grader.forFeedback(kit), out, Ink.PLAIN, seed).run(ids, checks);
    }
    ReplayString wanted = ReplayString.parse(replay);
    Grader grader = Grader.forFeedback(kit).replaying(wanted.schedule());
    return new StudentRun(kit, grader, out, Ink.PLAIN, seed)
        .run(List.of(wanted.exercise()), List.of(wanted.check()));
  }

  StudentRun(Kit kit, Grader grader, PrintStream out, Ink ink, long seed) {
    this.kit = kit;
    this.grader = grader;
    this.seed = seed;
    this.out = out;
    this.report =
        new ConsoleReport(
            out,
            ink,
            (v, r) ->
                String.format(
                    Locale.ROOT,
                    "./threadmill test %s --check %s --seed %d",
                    v.exercise().id(),
                    r.check().id(),
                    seed));
  }

  /**
   * Grades these exercises, or all, and prints a line for each.
   *
   * @return the verdicts, in the order of study
   * @throws KitException if an id is wrong or the files cannot be read
   */
  List<Verdict> run(List<String> ids, List<String> checks) {
    List<Exercise> exercises = kit.exercises(ids);
    Submission submission = own();
    Marking marking = new Marking(kit, grader, exercises, checks, Seeds.fixed(seed));
    List<Verdict> verdicts = new ArrayList<>();
    for (Exercise exercise : exercises) {
      Verdict verdict =
          kit.isTouched(exercise) ? marking.mark(submission, exercise) : untouched(exercise);
      verdicts.add(verdict);
      if (verdict.status() != Status.NOT_STARTED || !ids.isEmpty()) {
        report.add(verdict);
      }
    }
    summary(verdicts);
    return verdicts;
  }

  private Submission own() {
    try {
      return new Intake(kit.exercises()).take(kit.sources());
    } catch (Refusal e) {
      throw new KitException(kit.sources() + " " + e.getMessage(), e);
    }
  }

  private void summary(List<Verdict> verdicts) {
    long done = verdicts.stream().filter(v -> v.status() == Status.PASSED).count();
    Optional<Verdict> next = verdicts.stream().filter(v -> v.status() != Status.PASSED).findFirst();
    out.println(
        done
            + " of "
            + verdicts.size()
            + next.map(v -> ", next: " + v.exercise().id() + " (" + file(v.exercise()) + ")")
                .orElse(", all done"));
  }

  private String file(Exercise exercise) {
    Path file = kit.studentsFile(exercise, exercise.stubs().get(0));
    return kit.root().relativize(file).toString();
  }

  private static Verdict untouched(Exercise exercise) {
    return new Verdict(
        exercise, Status.NOT_STARTED, List.of(), Optional.empty(), Durations.NONE, "");
  }
}
