package threadmill.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Report;
import threadmill.model.Status;

/** What stands in a folder of reports after each way in which a grader can leave it. */
class ReportFolderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REPORT = "report.json";
  private static final String STUDENT = "student.json";

  @TempDir private Path folder;
  private ReportFolder reports;
  private Path alice;

  @BeforeEach
  void open() {
    reports = new ReportFolder(folder);
    alice = folder.resolve("alice");
  }

  @Test
  void what_could_not_be_read_is_asked_again_and_what_was_refused_is_not() throws Exception {
    reports.add(inputs("alice"), Reports.unreadable());
    EarlierReport unreadable = reports.earlier("alice").orElseThrow();
    assertTrue(unreadable.isInconclusive());
    assertFalse(unreadable.allPassed());
    reports.add(inputs("bob"), Reports.refused());
    assertFalse(reports.earlier("bob").orElseThrow().isInconclusive());
  }

  @Test
  void a_written_report_is_all_that_is_in_its_folder_and_its_line_has_its_hash() throws Exception {
    add("alice", Reports.of(Reports.passed()));
    assertEquals(JsonReport.of(Reports.of(Reports.passed())), Files.readString(report()));
    assertEquals(List.of(REPORT, STUDENT), names(alice));
    JsonNode line = JSON.readTree(lines().get(0));
    assertEquals(AuditLog.hash(Files.readAllBytes(report())), line.path("report").asText());
    assertEquals(
        AuditLog.hash(Files.readAllBytes(alice.resolve(STUDENT))), line.path("student").asText());
    assertWhole(1);
  }

  @Test
  void each_line_knows_the_one_before() throws Exception {
    add("alice", Reports.of(Reports.passed()));
    add("bob", Reports.of(Reports.rejected()));
    List<String> lines = lines();
    assertEquals("", JSON.readTree(lines.get(0)).path("previous").asText());
    assertEquals(
        AuditLog.hash(lines.get(0).getBytes()),
        JSON.readTree(lines.get(1)).path("previous").asText());
    assertWhole(2);
  }

  @Test
  void a_report_replaces_the_one_before() throws Exception {
    add("alice", Reports.of(Reports.rejected()));
    add("alice", Reports.of(Reports.passed()));
    assertEquals(JsonReport.of(Reports.of(Reports.passed())), Files.readString(report()));
    assertEquals(List.of(REPORT, STUDENT), names(alice));
    assertWhole(2);
  }

  @Test
  void graders_that_write_at_the_same_time_wait_for_each_other() throws Exception {
    ExecutorService graders = Executors.newFixedThreadPool(4);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String name = "student" + i % 6;
      all.add(
          graders.submit(
              () -> {
                new ReportFolder(folder).add(inputs(name), Reports.of(Reports.passed()));
                return null;
              }));
    }
    for (Future<?> each : all) {
      each.get();
    }
    graders.shutdown();
    assertWhole(24);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void what_holds_a_seed_is_for_its_owner_and_what_does_not_is_for_all() throws Exception {
    Files.writeString(folder.resolve("audit.jsonl"), "");
    Files.setPosixFilePermissions(
        folder.resolve("audit.jsonl"), PosixFilePermissions.fromString("rw-r--r--"));
    Path plain = Files.writeString(folder.resolve("plain"), "as the umask says");
    add("alice", Reports.of(Reports.passed()));
    assertEquals("rw-------", permissions(folder.resolve("audit.jsonl")));
    assertEquals("rw-------", permissions(report()));
    assertEquals(permissions(plain), permissions(alice.resolve(STUDENT)));
    assertTrue(Files.readString(report()).contains("\"seed\""));
    assertFalse(Files.readString(alice.resolve(STUDENT)).contains("\"seed\""));
  }

  @Test
  void a_grader_that_was_killed_before_its_line_leaves_the_report_of_before() throws Exception {
    add("alice", Reports.of(Reports.passed()));
    String before = Files.readString(report());
    Files.writeString(draft(REPORT), before.replace("PASSED", "REJECTED"));
    Files.writeString(draft(STUDENT), "{\"schema\": ");
    assertEquals(
        List.of(
            "an unfinished report.json of 'alice' was removed",
            "an unfinished student.json of 'alice' was removed"),
        reports.recover());
    assertEquals(before, Files.readString(report()));
    assertEquals(List.of(REPORT, STUDENT), names(alice));
    assertWhole(1);
  }

  @Test
  void a_grader_that_was_killed_after_its_line_has_finished_its_report() throws Exception {
    add("alice", Reports.of(Reports.rejected()));
    String older = Files.readString(report());
    add("alice", Reports.of(Reports.passed()));
    String newer = Files.readString(report());
    Files.move(report(), draft(REPORT));
    Files.move(alice.resolve(STUDENT), draft(STUDENT));
    Files.writeString(report(), older);
    assertTrue(reports.earlier("alice").isEmpty());
    assertEquals(
        List.of(
            "the finished report.json of 'alice' was put into its place",
            "the finished student.json of 'alice' was put into its place"),
        reports.recover());
    assertEquals(newer, Files.readString(report()));
    assertEquals(List.of(REPORT, STUDENT), names(alice));
    assertWhole(2);
    assertEquals(List.of(), reports.recover());
  }

  @Test
  void a_grader_that_was_killed_between_the_two_reports_has_finished_both() throws Exception {
    add("alice", Reports.of(Reports.passed()));
    Files.move(alice.resolve(STUDENT), draft(STUDENT));
    assertTrue(reports.earlier("alice").isEmpty(), "half of it is no report");
    reports.recover();
    assertTrue(reports.earlier("alice").isPresent());
    assertWhole(1);
  }

  @Test
  void a_line_that_a_grader_did_not_finish_is_closed_off_and_told() throws Exception {
    add("alice", Reports.of(Reports.passed()));
    Path log = folder.resolve("audit.jsonl");
    Files.writeString(log, "{\"at\": \"2026-", StandardOpenOption.APPEND);
    assertEquals(
        List.of("line 2 of audit.jsonl was cut short, and is closed off"), reports.recover());
    assertWhole(3);
    add("bob", Reports.of(Reports.passed()));
    assertWhole(4);
    assertEquals(
        List.of("alice", "bob"), reports.latest().stream().map(ReportFolder.Inputs::name).toList());
  }

  @Test
  void a_last_line_that_lacks_its_end_alone_is_whole() throws Exception {
    add("alice", Reports.of(Reports.passed()));
    Path log = folder.resolve("audit.jsonl");
    Files.writeString(log, Files.readString(log).stripTrailing());
    assertEquals(List.of(), reports.recover());
    add("bob", Reports.of(Reports.passed()));
    assertWhole(2);
  }

  @Test
  void a_report_that_is_not_the_one_of_its_line_does_not_count() throws Exception {
    add("alice", Reports.of(Reports.rejected()));
    Files.writeString(report(), Files.readString(report()).replace("REJECTED", "PASSED"));
    assertTrue(reports.has("alice"));
    assertTrue(reports.earlier("alice").isEmpty());
    Files.delete(report());
    assertFalse(reports.has("alice"));
    assertTrue(reports.earlier("alice").isEmpty());
  }

  @Test
  void the_inputs_of_a_report_can_be_had_again() throws Exception {
    Asked asked = new Asked(List.of("toys.counter"), List.of("C1"));
    ReportFolder.Inputs inputs = new ReportFolder.Inputs("alice", "/in/alice", asked);
    reports.add(inputs, Reports.of(Reports.passed()));
    assertEquals(List.of(inputs), reports.latest());
    assertEquals(asked, reports.earlier("alice").orElseThrow().asked().orElseThrow());
  }

  @Test
  void a_later_grading_confirms_a_report_or_leaves_it() throws Exception {
    add("alice", Reports.of(Reports.passed()));
    EarlierReport earlier = reports.earlier("alice").orElseThrow();
    assertEquals(List.of(), earlier.differencesTo(Reports.of(Reports.passed())));
    reports.confirm(inputs("alice"), earlier, Reports.of(Reports.passed()));
    assertEquals("confirmed", JSON.readTree(lines().get(1)).path("verdict").asText());
    String before = Files.readString(report());
    List<String> differences = earlier.differencesTo(Reports.of(Reports.rejected()));
    assertTrue(
        differences.contains("exercises/0/status is \"REJECTED\", was \"PASSED\""),
        differences.toString());
    reports.keep(inputs("alice"), Reports.of(Reports.rejected()));
    assertEquals("kept", JSON.readTree(lines().get(2)).path("verdict").asText());
    assertEquals(before, Files.readString(report()));
    assertTrue(reports.earlier("alice").isPresent());
    assertWhole(3);
  }

  @Test
  void a_folder_that_is_a_file_is_left_alone() throws Exception {
    Files.writeString(alice, "mine");
    assertThrows(
        FileAlreadyExistsException.class, () -> add("alice", Reports.of(Reports.passed())));
    assertEquals("mine", Files.readString(alice));
    assertEquals(List.of(), lines());
  }

  @Test
  void nothing_is_left_and_nothing_told_where_a_report_cannot_be_put_in_place() throws Exception {
    add("bob", Reports.of(Reports.passed()));
    Files.createDirectories(alice.resolve("report.json/full"));
    assertThrows(IOException.class, () -> add("alice", Reports.of(Reports.passed())));
    assertEquals(List.of(REPORT), names(alice));
    assertEquals(1, lines().size());
    add("carol", Reports.of(Reports.passed()));
    assertWhole(2);
  }

  @Test
  void half_a_surrogate_pair_from_a_student_keeps_no_report_from_being_written() throws Exception {
    add("alice", Reports.of(Reports.found(Finding.of(Kind.CRASH, "threw Oops: \uD83D"))));
    assertEquals(
        "threw Oops: ?",
        JSON.readTree(report().toFile()).at("/exercises/0/checks/0/finding/sentence").asText());
    assertWhole(1);
  }

  @Test
  void texts_in_all_languages_come_back_as_they_were() throws Exception {
    String text = "Zähler \u0000\u001B[2J \"quoted\" \\ 計数 \uD83D\uDE80\n";
    add("alice", Reports.of(Reports.printing(Status.PASSED, text)));
    assertEquals(text, JSON.readTree(report().toFile()).at("/exercises/0/output").asText());
  }

  private void add(String name, Report report) throws IOException {
    reports.add(inputs(name), report);
  }

  private static ReportFolder.Inputs inputs(String name) {
    return new ReportFolder.Inputs(name, "/in/" + name, Asked.EVERYTHING);
  }

  private void assertWhole(int lines) throws IOException {
    AuditCheck check = AuditCheck.of(folder);
    assertEquals(List.of(), check.faults());
    assertEquals(lines, check.lines());
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("audit.jsonl"));
  }

  private Path report() {
    return alice.resolve(REPORT);
  }

  private Path draft(String file) {
    return alice.resolve("." + file + ".draft");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
