package threadmill.cli;

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
  @Mixin private SpecimensMixin specimens;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often, each time with another seed. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  @Option(names = "--under-load", description = "Keep all cores busy meanwhile.")
  private boolean underLoad;

  @Override
  public Integer call() throws Exception {
    Kit kit = home.kit();
    Gate gate = new Gate(kit, level.grader(kit), specimens.jobs, System.out);
    Gate.Plan plan = new Gate.Plan(specimens.only, repeat, underLoad, specimens.declared, 1);
    boolean sound = gate.faults(kit.exercises(specimens.ids), plan).isEmpty();
    return sound ? Threadmill.PASSED : Threadmill.NOT_PASSED;
  }
}
