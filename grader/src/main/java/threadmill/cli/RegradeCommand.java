package threadmill.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import threadmill.intake.FileNames;
import threadmill.kit.Kit;
import threadmill.kit.KitException;
import threadmill.model.Report;
import threadmill.report.AuditLog;
import threadmill.report.EarlierReport;
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
    if (!Files.isReadable(folder.resolve(AuditLog.FILE))) {
      throw new KitException("there is no " + AuditLog.FILE + " in " + folder);
    }
    AuditLog log = new AuditLog(folder);
    Map<String, AuditLog.Inputs> all = log.latest();
    for (String name : names) {
      if (!all.containsKey(name)) {
        throw new KitException("'" + name + "' was not graded into " + folder);
      }
    }
    Kit kit = home.kit();
    Grader grader = level.grader(kit);
    boolean same = true;
    for (AuditLog.Inputs inputs : all.values()) {
      if (names.isEmpty() || names.contains(inputs.name())) {
        same &= isConfirmed(kit, grader, inputs, log);
      }
    }
    return same ? Threadmill.PASSED : Threadmill.NOT_PASSED;
  }

  private boolean isConfirmed(Kit kit, Grader grader, AuditLog.Inputs inputs, AuditLog log)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    EarlierReport earlier =
        EarlierReport.in(FileNames.in(folder, inputs.name()))
            .orElseThrow(() -> new KitException("there is no report of '" + inputs.name() + "'"));
    var named =
        inputs.exercises().isEmpty()
            ? List.<threadmill.model.Exercise>of()
            : kit.exercises(inputs.exercises());
    Seeds seeds = Seeds.fixed(earlier.seed());
    Report report =
        new Marking(kit, grader, named, inputs.checks(), seeds).mark(FileNames.path(inputs.path()));
    List<String> differences = earlier.differencesTo(report);
    if (differences.isEmpty()) {
      earlier.confirm(report);
    }
    log.add(
        new AuditLog.Inputs(
            "regrade", inputs.name(), inputs.path(), inputs.exercises(), inputs.checks()),
        report);
    out.printf(
        Locale.ROOT,
        "  %s %s  %s%n",
        differences.isEmpty() ? "✓" : "✗",
        inputs.name(),
        differences.isEmpty() ? "the same verdict" : "another verdict; its report stays");
    differences.forEach(difference -> out.println("      " + difference));
    out.flush();
    return differences.isEmpty();
  }
}
