package threadmill.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  @TempDir private Path folder;

  @Test
  void each_grading_is_a_line_that_knows_the_one_before() throws Exception {
    AuditLog log = new AuditLog(folder);
    log.add(inputs("alice"), Reports.of(Reports.passed()));
    log.add(inputs("bob"), Reports.of(Reports.rejected()));
    List<String> lines = Files.readAllLines(folder.resolve("audit.jsonl"));
    assertEquals(2, lines.size());
    JsonNode first = JSON.readTree(lines.get(0));
    JsonNode second = JSON.readTree(lines.get(1));
    assertEquals("alice", first.path("name").asText());
    assertEquals("", first.path("previous").asText());
    assertEquals(64, second.path("previous").asText().length());
    assertNotEquals(first.path("report"), second.path("report"));
  }

  @Test
  void a_line_that_a_grader_did_not_finish_stands_alone() throws Exception {
    AuditLog log = new AuditLog(folder);
    log.add(inputs("alice"), Reports.of(Reports.passed()));
    Path file = folder.resolve("audit.jsonl");
    Files.writeString(file, "{\"at\": \"2026-", StandardOpenOption.APPEND);
    log.add(inputs("bob"), Reports.of(Reports.passed()));
    assertEquals(3, Files.readAllLines(file).size());
    assertEquals(List.of("alice", "bob"), List.copyOf(log.latest().keySet()));
  }

  @Test
  void the_inputs_of_a_report_can_be_had_again() throws Exception {
    AuditLog log = new AuditLog(folder);
    AuditLog.Inputs inputs =
        new AuditLog.Inputs("grade", "alice", "/in/alice", List.of("toys.counter"), List.of("C1"));
    log.add(inputs, Reports.of(Reports.passed()));
    assertEquals(inputs, log.latest().get("alice"));
  }

  @Test
  void the_student_is_not_told_the_seed() throws Exception {
    JsonReport.write(Reports.of(Reports.passed()), folder);
    assertTrue(Files.readString(folder.resolve("report.json")).contains("\"seed\""));
    assertFalse(Files.readString(folder.resolve("student.json")).contains("\"seed\""));
  }

  @Test
  void what_differs_from_an_earlier_report_is_told_apart_from_times() throws Exception {
    JsonReport.write(Reports.of(Reports.passed()), folder);
    EarlierReport earlier = EarlierReport.in(folder).orElseThrow();
    assertEquals(List.of(), earlier.differencesTo(Reports.of(Reports.passed())));
    List<String> differences = earlier.differencesTo(Reports.of(Reports.rejected()));
    assertTrue(
        differences.contains("exercises/0/status is \"REJECTED\", was \"PASSED\""),
        differences.toString());
  }

  private static AuditLog.Inputs inputs(String name) {
    return new AuditLog.Inputs("grade", name, "/in/" + name, List.of(), List.of());
  }
}
