package threadmill.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import threadmill.kit.Kit;
import threadmill.proof.Twice;

/** {@code threadmill dev twice}. */
@Command(
    name = "twice",
    description = {
      "Grade every specimen twice with one seed, on an idle machine and with all",
      "cores busy, and tell what is said differently: outcome, points, kind, sentence, line, run."
    },
    mixinStandardHelpOptions = true)
final class DevTwiceCommand implements Callable<Integer> {
  @Mixin private HomeMixin home;
  @Mixin private LevelMixin level;
  @Mixin private SpecimensMixin specimens;

  @Override
  public Integer call() throws Exception {
    Kit kit = home.kit();
    Twice twice = new Twice(kit, level.grader(kit), specimens.jobs, System.out);
    boolean same =
        twice
            .faults(
                kit.exercises(specimens.ids),
                s -> specimens.only.isEmpty() || specimens.only.contains(s.name()),
                specimens.declared)
            .isEmpty();
    return same ? Threadmill.PASSED : Threadmill.NOT_PASSED;
  }
}
