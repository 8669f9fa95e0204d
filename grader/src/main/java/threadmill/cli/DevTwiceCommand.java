package threadmill.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import threadmill.kit.Kit;
import threadmill.proof.Twice;

/** {@code threadmill dev twice}. */
@Command(
    name = "twice",
    description = {
      "Grade every specimen twice with one seed, on an idle machine and with all cores busy, and",
      "tell what is said differently: outcome, points, kind, sentence, line, run."
    },
    mixinStandardHelpOptions = true)
final class DevTwiceCommand implements Callable<Integer> {
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

  @Option(names = "--declared", description = "Ask each mutant only the check it names, not all.")
  private boolean declared;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Submissions at the same time. Default: the number of cores.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws Exception {
    Kit kit = home.kit();
    Twice twice = new Twice(kit, level.grader(kit), jobs, System.out);
    boolean same =
        twice
            .faults(kit.exercises(ids), s -> only.isEmpty() || only.contains(s.name()), declared)
            .isEmpty();
    return same ? Threadmill.PASSED : Threadmill.NOT_PASSED;
  }
}
