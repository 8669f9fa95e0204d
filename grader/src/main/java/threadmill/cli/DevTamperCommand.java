package threadmill.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import threadmill.jail.Level;
import threadmill.jail.Levels;
import threadmill.kit.Kit;
import threadmill.kit.KitException;
import threadmill.proof.TamperSuite;
import threadmill.run.Grader;

/** {@code threadmill dev tamper}. */
@Command(
    name = "tamper",
    description = {
      "Grade the hostile and the honest programs in grader/src/test/hostile at every isolation",
      "level of this machine, and print the table of docs/security.md. As root it shows A+, A-root,",
      "B and D, as an ordinary user A and D."
    },
    mixinStandardHelpOptions = true)
final class DevTamperCommand implements Callable<Integer> {
  @Mixin private HomeMixin home;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      split = ",",
      converter = LevelMixin.Words.class,
      description = "Only these levels.")
  private List<Level> only = List.of();

  @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Only these programs.")
  private List<String> names = List.of();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Programs at the same time. Default: the number of cores.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws Exception {
    Path folder = home.kit().root().resolve("grader/src/test/hostile");
    TamperSuite suite = new TamperSuite(folder, names, jobs);
    Levels levels = Grader.levels(Kit.find(folder.resolve("kit")));
    List<Level> given =
        Stream.of(Level.values())
            .filter(level -> only.isEmpty() || only.contains(level))
            .filter(level -> levels.obstacle(level).isEmpty())
            .toList();
    if (given.isEmpty()) {
      throw new KitException("this machine gives none of these levels: " + only);
    }
    return suite.holds(given, System.out) ? Threadmill.PASSED : Threadmill.NOT_PASSED;
  }
}
