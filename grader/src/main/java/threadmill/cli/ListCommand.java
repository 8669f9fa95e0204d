package threadmill.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import threadmill.kit.Kit;
import threadmill.model.Exercise;

/** {@code threadmill list}. */
@Command(
    name = "list",
    description = "Show the exercises in the order of study.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  @Mixin private HomeMixin home;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Kit kit = home.kit();
    var out = spec.commandLine().getOut();
    for (Exercise exercise : kit.exercises()) {
      out.printf(
          Locale.ROOT,
          "  %-4s %-22s %-34s %-5s %3d points  %s%n",
          exercise.order(),
          exercise.id(),
          exercise.title(),
          "*".repeat(exercise.difficulty()),
          exercise.points(),
          kit.isTouched(exercise) ? "changed" : "not started");
    }
    out.flush();
    return Threadmill.PASSED;
  }
}
