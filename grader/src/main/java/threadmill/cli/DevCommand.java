package threadmill.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code threadmill dev}: for those who write exercises. */
@Command(
    name = "dev",
    description = "For authors of exercises.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DevCheckCommand.class,
      DevTamperCommand.class,
      DevListsCommand.class,
      DevPromisesCommand.class,
      DevMutantCommand.class,
      DevMutantsCommand.class,
      DevFaultsCommand.class,
      DevTwiceCommand.class
    })
final class DevCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
