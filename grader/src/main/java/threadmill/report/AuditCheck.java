package threadmill.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import threadmill.model.FileNames;

/**
 * Whether an audit log is whole and tells of the reports beside it.
 *
 * @param lines how many it has
 * @param reports how many reports it tells of
 * @param faults what is wrong: of the chain the first broken line, and each report that is not the
 *     log's
 */
public record AuditCheck(int lines, int reports, List<String> faults) {
  public AuditCheck {
    faults = List.copyOf(faults);
  }

  /** Reads the log of a folder and all its reports. */
  public static AuditCheck of(Path folder) throws IOException {
    List<AuditLog.Line> lines = AuditLog.read(folder);
    Map<String, ReportFolder.Entry> latest = ReportFolder.latest(lines);
    List<String> faults = new ArrayList<>();
    brokenLine(lines).ifPresent(faults::add);
    for (ReportFolder.Entry entry : latest.values()) {
      faults.addAll(ReportFolder.faults(FileNames.in(folder, entry.inputs().name()), entry));
    }
    for (Path place : new ReportFolder(folder).places()) {
      String name = FileNames.name(place);
      if (Files.isRegularFile(place.resolve(JsonReport.INSTRUCTORS)) && !latest.containsKey(name)) {
        faults.add("no line tells of the " + JsonReport.INSTRUCTORS + " of '" + name + "'");
      }
    }
    return new AuditCheck(lines.size(), latest.size(), faults);
  }

  private static Optional<String> brokenLine(List<AuditLog.Line> lines) {
    String before = "";
    for (int i = 0; i < lines.size(); i++) {
      AuditLog.Line line = lines.get(i);
      String where = "line " + line.number() + " of " + AuditLog.FILE;
      if (line.node().isEmpty()) {
        if (i + 1 == lines.size() || !closes(lines.get(i + 1), before)) {
          return Optional.of(where + " is no JSON object");
        }
      } else if (!line.text("previous").equals(before)) {
        return Optional.of(
            i == 0
                ? where + " follows another line, which is gone"
                : where
                    + " does not carry the hash of line "
                    + i
                    + ": that one was changed, or lines between them were taken out or put in");
      }
      before = line.hash();
    }
    return Optional.empty();
  }

  /** Whether a line closes off one that was cut short, and knows the one before that. */
  private static boolean closes(AuditLog.Line line, String before) {
    return line.isOf(AuditLog.CLOSED) && line.text("after").equals(before);
  }
}
