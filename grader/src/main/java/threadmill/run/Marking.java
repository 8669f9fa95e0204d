package threadmill.run;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import threadmill.intake.FileNames;
import threadmill.intake.Intake;
import threadmill.intake.Refusal;
import threadmill.kit.Kit;
import threadmill.model.CheckResult;
import threadmill.model.Durations;
import threadmill.model.Exercise;
import threadmill.model.Report;
import threadmill.model.Status;
import threadmill.model.Submission;
import threadmill.model.Verdict;

/**
 * Grades whole submissions: takes them in and grades each exercise they hold. Thread-safe.
 *
 * @param named the exercises asked for by name, whether or not a submission holds them; if none,
 *     those that it holds
 * @param checks ids of checks, or none for all
 * @param seeds gives each submission its seed
 */
public record Marking(
    Kit kit, Grader grader, List<Exercise> named, List<String> checks, Seeds seeds) {

  /** A submission that cannot be taken in gets a report that says why. */
  public Report mark(Path path) {
    try {
      Submission submission = new Intake(kit.exercises()).take(path);
      List<Verdict> verdicts = new ArrayList<>();
      for (Exercise exercise : wanted(submission)) {
        verdicts.add(mark(submission, exercise));
      }
      return report(
          submission.name(),
          submission.hash(),
          seeds.of(submission),
          verdicts,
          submission.notes(),
          Optional.empty());
    } catch (Refusal e) {
      return report(FileNames.name(path), "", 0, List.of(), List.of(), Optional.of(e.getMessage()));
    }
  }

  /** One exercise; one that the submission does not hold is not started. */
  public Verdict mark(Submission submission, Exercise exercise) {
    return holds(submission, exercise)
        ? grader.grade(submission, exercise, seeds.of(submission), checks)
        : absent(exercise);
  }

  private List<Exercise> wanted(Submission submission) {
    return named.isEmpty()
        ? kit.exercises().stream().filter(e -> holds(submission, e)).toList()
        : named;
  }

  private static boolean holds(Submission submission, Exercise exercise) {
    return submission.sources().containsKey(exercise.id())
        || submission.problems().containsKey(exercise.id());
  }

  private Verdict absent(Exercise exercise) {
    List<CheckResult> results =
        grader.checks(exercise).stream().map(CheckResult::notStarted).toList();
    return new Verdict(exercise, Status.NOT_STARTED, results, Optional.empty(), Durations.NONE, "");
  }

  private Report report(
      String name,
      String hash,
      long seed,
      List<Verdict> verdicts,
      List<String> notes,
      Optional<String> refusal) {
    return new Report(
        name,
        hash,
        Kit.version(),
        System.getProperty("java.runtime.version"),
        seed,
        grader.level().words(),
        Instant.now(),
        verdicts,
        notes,
        refusal);
  }
}
