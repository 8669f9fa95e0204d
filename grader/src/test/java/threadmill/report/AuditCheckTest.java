package threadmill.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each change that somebody makes later, and what it is called. */
class AuditCheckTest {
  @TempDir private Path folder;
  private Path log;

  @BeforeEach
  void grade_three() throws IOException {
    log = folder.resolve("audit.jsonl");
    for (String name : List.of("alice", "bob", "carol")) {
      new ReportFolder(folder)
          .add(
              new ReportFolder.Inputs(name, "/in/" + name, Asked.EVERYTHING),
              Reports.of(Reports.rejected()));
    }
  }

  @Test
  void what_nobody_has_changed_is_whole() throws IOException {
    assertEquals(new AuditCheck(3, 3, List.of()), AuditCheck.of(folder));
  }

  @Test
  void a_line_that_was_changed_shows_in_the_next_one() throws IOException {
    change(lines -> lines.set(1, lines.get(1).replace("\"points\":{", "\"points\":{\"x\":9,")));
    assertFaults(
        "line 3 of audit.jsonl does not carry the hash of line 2: that one was changed, or lines"
            + " between them were taken out or put in");
  }

  @Test
  void a_line_that_was_taken_out_shows_and_so_does_its_report() throws IOException {
    change(lines -> lines.remove(1));
    assertFaults(
        "line 2 of audit.jsonl does not carry the hash of line 1: that one was changed, or lines"
            + " between them were taken out or put in",
        "no line tells of the report.json of 'bob'");
  }

  @Test
  void a_beginning_that_was_taken_out_shows() throws IOException {
    change(lines -> lines.remove(0));
    assertFaults(
        "line 1 of audit.jsonl follows another line, which is gone",
        "no line tells of the report.json of 'alice'");
  }

  @Test
  void an_end_that_was_taken_out_shows_by_its_report() throws IOException {
    change(lines -> lines.remove(2));
    assertFaults("no line tells of the report.json of 'carol'");
  }

  @Test
  void what_is_no_json_is_told_with_its_number() throws IOException {
    change(lines -> lines.set(1, "{\"at\""));
    assertFaults(
        "line 2 of audit.jsonl is no JSON object", "no line tells of the report.json of 'bob'");
  }

  @Test
  void nobody_closes_off_a_line_in_the_middle_to_hide_it() throws IOException {
    Files.writeString(log, Files.readString(log) + "{\"at\"");
    new ReportFolder(folder).recover();
    assertEquals(List.of(), AuditCheck.of(folder).faults());
    change(lines -> lines.remove(2));
    assertFaults(
        "line 3 of audit.jsonl is no JSON object", "no line tells of the report.json of 'carol'");
  }

  @Test
  void a_report_that_was_changed_is_named() throws IOException {
    Path report = folder.resolve("bob/report.json");
    Files.writeString(report, Files.readString(report).replace("REJECTED", "PASSED"));
    Files.delete(folder.resolve("carol/student.json"));
    assertFaults(
        "report.json of 'bob' is not the one that line 2 tells of",
        "line 3 tells of a student.json of 'carol', and there is none");
  }

  private interface Change {
    void of(List<String> lines);
  }

  private void change(Change change) throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(log));
    change.of(lines);
    Files.writeString(log, String.join("\n", lines) + "\n");
  }

  private void assertFaults(String... faults) throws IOException {
    assertEquals(List.of(faults), AuditCheck.of(folder).faults());
  }
}
