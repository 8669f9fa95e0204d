package threadmill.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import threadmill.kit.Kit;
import threadmill.kit.KitException;
import threadmill.model.Exercise;
import threadmill.proof.FaultSuite;

/** {@code threadmill dev faults}. */
@Command(
    name = "faults",
    description = {
      "Grade a small batch again and again, and do to the grader at random moments what machines and",
      "people do: Ctrl-C, kill -9 of the grader and of its children, full disks, a full output. Then",
      "resume it until it is done. Nothing may be lost, graded twice, left behind, or come out",
      "otherwise than in a quiet run. Needs Linux; full disks need root."
    },
    mixinStandardHelpOptions = true)
final class DevFaultsCommand implements Callable<Integer> {
  @Mixin private HomeMixin home;
  @Mixin private LevelMixin level;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often each. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--exercise",
      paramLabel = "ID",
      defaultValue = "locks.semaphore",
      description = "Whose specimens are graded. Default: ${DEFAULT-VALUE}.")
  private String id;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the moments. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() throws Exception {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new KitException("dev faults needs Linux");
    }
    Kit kit = home.kit();
    Exercise exercise = kit.exercises(List.of(id)).get(0);
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Threadmill.class.getName());
    String words = level.grader(kit).level().words();
    FaultSuite suite = new FaultSuite(java, kit, exercise, words, seed, false, System.out);
    return suite.holds(rounds) ? Threadmill.PASSED : Threadmill.NOT_PASSED;
  }
}
