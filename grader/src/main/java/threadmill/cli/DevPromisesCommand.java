package threadmill.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import threadmill.kit.Kit;
import threadmill.kit.Promises;
import threadmill.model.Exercise;
import threadmill.proof.PromisesPage;
import threadmill.run.Grader;

/** {@code threadmill dev promises}. */
@Command(
    name = "promises",
    description = {
      "Print which checks ask for what the task texts promise: the page docs/promises.md.",
      "With --renew, write a promises.txt for the task text as it is now instead: known sentences keep their checks,"
          + " new ones get a ? to be replaced by checks, or by - for a sentence that promises nothing."
    },
    mixinStandardHelpOptions = true)
final class DevPromisesCommand implements Callable<Integer> {
  @Mixin private HomeMixin home;
  @Spec private CommandSpec spec;

  @Option(
      names = "--renew",
      paramLabel = "ID",
      split = ",",
      description = "Renew the promises.txt of these exercises.")
  private List<String> renew = List.of();

  @Override
  public Integer call() throws IOException {
    Kit kit = home.kit();
    for (String id : renew) {
      Exercise exercise = kit.exercise(id);
      Files.writeString(Promises.file(exercise), Promises.of(exercise).renewed());
    }
    if (renew.isEmpty()) {
      spec.commandLine().getOut().print(PromisesPage.of(kit, Grader.forFeedback(kit)));
      spec.commandLine().getOut().flush();
    }
    return Threadmill.PASSED;
  }
}
