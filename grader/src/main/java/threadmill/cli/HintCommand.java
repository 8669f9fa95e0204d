package threadmill.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import threadmill.kit.KitException;

/** {@code threadmill hint}. */
@Command(
    name = "hint",
    description = "Show a hint for an exercise, the mildest first.",
    mixinStandardHelpOptions = true)
final class HintCommand implements Callable<Integer> {
  @Mixin private HomeMixin home;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "ID", description = "An exercise, as in locks.semaphore.")
  private String id;

  @Parameters(
      index = "1",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which hint, from 1. Default: ${DEFAULT-VALUE}.")
  private int number;

  @Override
  public Integer call() {
    List<String> hints = home.kit().exercise(id).hints();
    if (number < 1 || number > hints.size()) {
      throw new KitException(id + " has hints 1 to " + hints.size() + ", not " + number);
    }
    var out = spec.commandLine().getOut();
    out.println(hints.get(number - 1));
    if (number < hints.size()) {
      out.printf(Locale.ROOT, "%nStill stuck? threadmill hint %s %d%n", id, number + 1);
    }
    out.flush();
    return Threadmill.PASSED;
  }
}
