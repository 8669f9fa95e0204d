package threadmill.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import threadmill.proof.MutantsPage;

/** {@code threadmill dev mutants}. */
@Command(
    name = "mutants",
    description =
        "Print the wrong programs and what is wrong about them: the page docs/mutants.md.",
    mixinStandardHelpOptions = true)
final class DevMutantsCommand implements Callable<Integer> {
  @Mixin private HomeMixin home;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(MutantsPage.of(home.kit()));
    spec.commandLine().getOut().flush();
    return Threadmill.PASSED;
  }
}
