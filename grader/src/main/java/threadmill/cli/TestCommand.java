package threadmill.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import threadmill.kit.Kit;
import threadmill.model.Status;
import threadmill.model.Verdict;
import threadmill.report.Ink;
import threadmill.run.Grader;

/** {@code threadmill test}: the same as {@code mvn test}, without Maven. */
@Command(
    name = "test",
    description = {
      "Check your own work: all exercises you have begun, or those named.",
      "An exercise that is not started is no failure."
    },
    mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
  @Mixin private HomeMixin home;

  @Parameters(paramLabel = "ID", arity = "0..*", description = "Exercises, as in locks.semaphore.")
  private List<String> ids = List.of();

  @Option(
      names = "--check",
      paramLabel = "CHECK",
      split = ",",
      description = "Only these checks, as in S6.")
  private List<String> checks = List.of();

  @Option(
      names = "--seed",
      defaultValue = "" + StudentRun.SEED,
      description = "Seed of everything random. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() {
    Ink ink = Ink.forTerminal(Terminal.isInteractive());
    Kit kit = home.kit();
    List<Verdict> verdicts =
        new StudentRun(kit, Grader.forFeedback(kit), System.out, ink, seed).run(ids, checks);
    if (verdicts.stream().anyMatch(Verdict::isInconclusive)) {
      return Threadmill.FAILED;
    }
    return verdicts.stream().anyMatch(v -> isFailure(v.status()))
        ? Threadmill.NOT_PASSED
        : Threadmill.PASSED;
  }

  private static boolean isFailure(Status status) {
    return status == Status.REJECTED || status == Status.NOT_COMPILED;
  }
}
