package threadmill.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import threadmill.intake.Intake;
import threadmill.intake.Refusal;
import threadmill.kit.Kit;
import threadmill.kit.KitException;
import threadmill.model.Exercise;
import threadmill.model.Status;
import threadmill.model.Submission;
import threadmill.model.Verdict;
import threadmill.report.ConsoleReport;
import threadmill.report.Ink;
import threadmill.run.Grader;

/** {@code threadmill replay}. */
@Command(
    name = "replay",
    description = {
      "Run one schedule of an explored check again, as a finding names it.",
      "With your own files, or with a submission's."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
  @Mixin private HomeMixin home;

  @Parameters(
      index = "0",
      paramLabel = "ID:CHECK:SCHEDULE",
      description = "As in locks.semaphore:X1:x0-1n3-2.")
  private String wanted;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PATH",
      description = "A submission. Default: your own files in this kit.")
  private Path path;

  @Option(
      names = "--seed",
      defaultValue = "" + StudentRun.SEED,
      description = "Seed of everything random. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() {
    ReplayString replay = ReplayString.parse(wanted);
    Kit kit = home.kit();
    Exercise exercise = kit.exercises(List.of(replay.exercise())).get(0);
    Submission submission = take(kit, path == null ? kit.sources() : path);
    if (!submission.sources().containsKey(exercise.id())) {
      throw new KitException(submission.name() + " holds no file of " + exercise.id());
    }
    Grader grader =
        (path == null ? Grader.forFeedback(kit) : Grader.of(kit)).replaying(replay.schedule());
    Verdict verdict = grader.grade(submission, exercise, seed, List.of(replay.check()));
    Ink ink = Ink.forTerminal(Terminal.isInteractive());
    new ConsoleReport(System.out, ink, (v, r) -> again()).add(verdict);
    return verdict.status() == Status.PASSED ? Threadmill.PASSED : Threadmill.NOT_PASSED;
  }

  private String again() {
    String of = path == null ? "" : " " + ShellWord.of(path);
    return "./threadmill replay " + ShellWord.of(wanted) + of + " --seed " + seed;
  }

  private static Submission take(Kit kit, Path path) {
    try {
      return new Intake(kit.exercises()).take(path);
    } catch (Refusal e) {
      throw new KitException(path + " " + e.getMessage(), e);
    }
  }
}
