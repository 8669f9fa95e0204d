package threadmill.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import threadmill.intake.Intake;
import threadmill.intake.Refusal;
import threadmill.intake.Unreadable;
import threadmill.kit.Kit;
import threadmill.kit.KitException;
import threadmill.model.CheckResult;
import threadmill.model.Durations;
import threadmill.model.Exercise;
import threadmill.model.FileNames;
import threadmill.model.Finding;
import threadmill.model.Kind;
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
  /** After that no further exercise of a submission is begun; all 21 take some four minutes. */
  static final Duration MOST_TIME = Duration.ofHours(2);

  /**
   * Makes sure that the exercises asked for by name have the checks asked for.
   *
   * @throws KitException naming those that they have
   */
  public void requireChecks() {
    named.forEach(exercise -> grader.requireChecks(exercise, checks));
  }

  /**
   * A submission that cannot be taken in gets a report that says why, and so does one at which the
   * grader itself breaks: nothing of it touches another.
   */
  public Report mark(Path path) {
    return mark(path, MOST_TIME);
  }

  /**
   * @param most after that time no further exercise is begun
   */
  Report mark(Path path, Duration most) {
    long begin = System.nanoTime();
    Optional<String> none = Optional.empty();
    try {
      Submission submission = new Intake(kit.exercises()).take(path);
      List<Verdict> verdicts = new ArrayList<>();
      List<Exercise> wanted = wanted(submission);
      if (wanted.isEmpty()) {
        throw new Refusal("holds no exercise with a check " + String.join(", ", checks));
      }
      for (Exercise exercise : wanted) {
        boolean late = !verdicts.isEmpty() && System.nanoTime() - begin >= most.toNanos();
        verdicts.add(late ? tooLate(exercise, most) : fenced(submission, exercise));
      }
      return report(
          submission.name(),
          submission.hash(),
          seeds.of(submission),
          verdicts,
          submission.notes(),
          none,
          none);
    } catch (Unreadable e) {
      return unmarked(path, e.notes(), none, Optional.of(e.getMessage()));
    } catch (Refusal e) {
      return unmarked(path, e.notes(), Optional.of(e.getMessage()), none);
    } catch (RuntimeException | Error e) {
      return broken(path, e);
    }
  }

  /** The report on a submission at which something broke that should not. */
  Report broken(Path path, Throwable thrown) {
    return unmarked(path, List.of(), Optional.empty(), Optional.of(Fault.sentence(thrown)));
  }

  private Report unmarked(
      Path path, List<String> notes, Optional<String> refusal, Optional<String> inconclusive) {
    return report(FileNames.name(path), "", 0, List.of(), notes, refusal, inconclusive);
  }

  /** A kit that is at fault in one exercise is so for this exercise alone. */
  private Verdict fenced(Submission submission, Exercise exercise) {
    try {
      return mark(submission, exercise);
    } catch (KitException e) {
      return unasked(exercise, Finding.of(Kind.INCONCLUSIVE, e.getMessage()));
    } catch (RuntimeException | Error e) {
      return unasked(exercise, Fault.of(e));
    }
  }

  private static Verdict tooLate(Exercise exercise, Duration most) {
    String sentence =
        "not asked: the exercises before it took the "
            + most.toMinutes()
            + " minutes that one submission may take; an instructor should look at it";
    return unasked(exercise, Finding.of(Kind.INCONCLUSIVE, sentence));
  }

  private static Verdict unasked(Exercise exercise, Finding why) {
    return new Verdict(
        exercise, Status.INCONCLUSIVE, List.of(), Optional.of(why), Durations.NONE, "");
  }

  /** One exercise; one that the submission does not hold is not started. */
  public Verdict mark(Submission submission, Exercise exercise) {
    return holds(submission, exercise)
        ? grader.grade(submission, exercise, seeds.of(submission), checks)
        : absent(exercise);
  }

  private List<Exercise> wanted(Submission submission) {
    return named.isEmpty()
        ? kit.exercises().stream().filter(e -> holds(submission, e) && hasAsked(e)).toList()
        : named;
  }

  private boolean hasAsked(Exercise exercise) {
    try {
      return checks.isEmpty()
          || grader.checks(exercise).stream().anyMatch(c -> checks.contains(c.id()));
    } catch (KitException e) {
      // What is wrong with the exercise is told in its verdict.
      return true;
    }
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
      Optional<String> refusal,
      Optional<String> inconclusive) {
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
        refusal,
        inconclusive);
  }
}
