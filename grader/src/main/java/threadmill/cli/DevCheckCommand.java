package threadmill.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import threadmill.kit.Kit;
import threadmill.proof.Gate;

/** {@code threadmill dev check}. */
@Command(
    name = "check",
    description = {
      "Prove the kit: every exercise is whole, stubs are not started, references and variants pass,",
      "every mutant is rejected by the check it names."
    },
    mixinStandardHelpOptions = true)
final class DevCheckCommand implements Callable<Integer> {
  @Mixin private HomeMixin home;
  @Mixin private LevelMixin level;

  @Option(
      names = "--exercise",
      paramLabel = "ID",
      split = ",",
      description = "Only these exercises.")
  private List<String> ids = List.of();

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Only these mutants, variants, 'reference' or 'stub'.")
  private List<String> only = List.of();

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often, each time with another seed. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(names = "--under-load", description = "Keep all cores busy meanwhile.")
  private boolean underLoad;

  @Option(
      names = "--declared",
      description = {
        "Ask each mutant only the check it names, not all:",
        "what mvn verify does, quicker and without the whole matrix."
      })
  private boolean declared;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Submissions at the same time. Default: the number of cores.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws Exception {
    Kit kit = home.kit();
    Gate gate = new Gate(kit, level.grader(kit), jobs, System.out);
    Gate.Plan plan = new Gate.Plan(only, repeat, underLoad, declared, 1);
    boolean sound = gate.faults(kit.exercises(ids), plan).isEmpty();
    return sound ? Threadmill.PASSED : Threadmill.NOT_PASSED;
  }
}
