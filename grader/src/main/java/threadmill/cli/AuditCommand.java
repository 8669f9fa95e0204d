package threadmill.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import threadmill.kit.KitException;
import threadmill.report.AuditCheck;
import threadmill.report.ReportFolder;

/** {@code threadmill audit}. */
@Command(
    name = "audit",
    description = {
      "Check that DIR/audit.jsonl is whole, that each line carries the hash of the one before, and",
      "that the reports beside it are the ones that it tells of. Exit code 0 if so, 1 if not, 2 if",
      "there is no such log."
    },
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder of the reports, as it was given to grade.")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    ReportFolder reports = new ReportFolder(folder);
    if (!reports.hasLog()) {
      throw new KitException("there is no " + ReportFolder.LOG + " in " + folder);
    }
    if (!Files.isReadable(folder.resolve(ReportFolder.LOG))) {
      throw new KitException(ReportFolder.LOG + " in " + folder + " is not yours to read");
    }
    // Whoever may only read it cannot finish what a grader has left.
    if (Files.isWritable(folder.resolve(ReportFolder.LOG))) {
      PrintWriter err = spec.commandLine().getErr();
      reports.recover().forEach(sentence -> err.println("threadmill: " + sentence));
    }
    AuditCheck check = AuditCheck.of(folder);
    PrintWriter out = spec.commandLine().getOut();
    check.faults().forEach(fault -> out.println("  ✗ " + fault));
    String said =
        EarlierRun.count(check.lines(), "line", "lines")
            + ", "
            + EarlierRun.count(check.reports(), "report", "reports");
    out.println(
        check.faults().isEmpty()
            ? "  ✓ " + said + ": the chain is whole, and the reports are its own"
            : said);
    return check.faults().isEmpty() ? Threadmill.PASSED : Threadmill.NOT_PASSED;
  }
}
