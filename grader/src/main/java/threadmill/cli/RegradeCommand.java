package threadmill.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import threadmill.jail.Ending;
import threadmill.kit.Kit;
import threadmill.kit.KitException;
import threadmill.model.Exercise;
import threadmill.model.FileNames;
import threadmill.model.Report;
import threadmill.report.EarlierReport;
import threadmill.report.ReportFolder;
import threadmill.run.Grader;
import threadmill.run.Marking;
import threadmill.run.Seeds;

/** {@code threadmill regrade}: the proof that a verdict would be the same today. */
@Command(
    name = "regrade",
    description = {
      "Grade submissions again with the inputs that DIR/audit.jsonl tells: same files, exercises,",
      "checks and seed. Where the verdict is the same, only gradedAt of its report changes; where it",
      "is not, the report stays and the differences are told."
    },
    mixinStandardHelpOptions = true)
final class RegradeCommand implements Callable<Integer> {
  private enum Came {
    THE_SAME,
    OTHERWISE,
    UNCLEAR
  }

  @Mixin private HomeMixin home;
  @Mixin private LevelMixin level;
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder of the reports, as it was given to grade.")
  private Path folder;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Names of submissions. Default: all that were graded.")
  private List<String> names = List.of();

  @Override
  public Integer call() throws IOException {
    ReportFolder reports = new ReportFolder(folder);
    if (!reports.hasLog()) {
      throw new KitException("there is no " + ReportFolder.LOG + " in " + folder);
    }
    PrintWriter err = spec.commandLine().getErr();
    reports.recover().forEach(sentence -> err.println("threadmill: " + sentence));
    List<ReportFolder.Inputs> all = reports.latest();
    for (String name : names) {
      if (all.stream().noneMatch(inputs -> inputs.name().equals(name))) {
        throw new KitException("'" + name + "' was not graded into " + folder);
      }
    }
    Kit kit = home.kit();
    Grader grader = level.grader(kit);
    Set<Came> came = EnumSet.noneOf(Came.class);
    for (ReportFolder.Inputs inputs : all) {
      if (names.isEmpty() || names.contains(inputs.name())) {
        came.add(regrade(kit, grader, inputs, reports));
      }
    }
    return came.contains(Came.UNCLEAR)
        ? Threadmill.FAILED
        : came.contains(Came.OTHERWISE) ? Threadmill.NOT_PASSED : Threadmill.PASSED;
  }

  private Came regrade(Kit kit, Grader grader, ReportFolder.Inputs inputs, ReportFolder reports)
      throws IOException {
    Optional<EarlierReport> earlier = reports.earlier(inputs.name());
    if (earlier.isEmpty()) {
      say("✗", inputs, "its report is not the one that the audit log tells of: threadmill audit");
      return Came.OTHERWISE;
    }
    List<Exercise> named =
        inputs.asked().exercises().isEmpty()
            ? List.of()
            : kit.exercises(inputs.asked().exercises());
    Seeds seeds = Seeds.fixed(earlier.get().seed());
    Report report =
        new Marking(kit, grader, named, inputs.asked().checks(), seeds)
            .mark(FileNames.path(inputs.path()));
    List<String> differences = earlier.get().differencesTo(report);
    boolean unclear = report.isInconclusive();
    if (differences.isEmpty()) {
      Ending.whole(() -> reports.confirm(inputs, earlier.get(), report));
      say("✓", inputs, "the same verdict");
    } else {
      Ending.whole(() -> reports.keep(inputs, report));
      say(
          unclear ? "?" : "✗",
          inputs,
          (unclear ? "inconclusive this time" : "another verdict") + "; its report stays");
    }
    differences.forEach(difference -> spec.commandLine().getOut().println("      " + difference));
    return differences.isEmpty() ? Came.THE_SAME : unclear ? Came.UNCLEAR : Came.OTHERWISE;
  }

  private void say(String mark, ReportFolder.Inputs inputs, String sentence) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(Locale.ROOT, "  %s %s  %s%n", mark, inputs.name(), sentence);
  }
}
