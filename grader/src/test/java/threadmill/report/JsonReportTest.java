package threadmill.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Outcome;
import threadmill.model.Report;
import threadmill.model.Status;
import threadmill.model.Where;

class JsonReportTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Named<Report>> reports() {
    return Stream.of(
        Named.of("passed", Reports.of(Reports.passed())),
        Named.of("rejected", Reports.of(Reports.rejected())),
        Named.of("in progress", Reports.of(Reports.inProgress())),
        Named.of("not started", Reports.of(Reports.notStarted())),
        Named.of("does not compile", Reports.of(Reports.notCompiled())),
        Named.of("lacks a method", Reports.of(Reports.lacksMethod())),
        Named.of("inconclusive", Reports.of(Reports.inconclusive())),
        Named.of("refused", Reports.refused()),
        Named.of("unreadable", Reports.unreadable()),
        Named.of("several", Reports.of(Reports.passed(), Reports.rejected())));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void every_report_keeps_to_the_schema(Report report) throws Exception {
    assertEquals(List.of(), faults(JsonReport.of(report)));
  }

  @ParameterizedTest
  @EnumSource
  void the_schema_knows_every_kind(Kind kind) throws Exception {
    Finding finding = Finding.of(kind, "why").at(new Where("A.java", 0));
    assertEquals(List.of(), faults(JsonReport.of(Reports.of(Reports.found(finding)))));
  }

  @Test
  void the_schema_knows_every_status_and_every_outcome_and_no_other() throws Exception {
    JsonNode definitions = JSON.readTree(schemaFile().toFile()).get("$defs");
    assertEquals(
        Stream.of(Status.values()).map(Status::name).toList(),
        texts(definitions.at("/exercise/properties/status/enum")));
    assertEquals(
        Stream.of(Outcome.values()).map(Outcome::name).toList(),
        texts(definitions.at("/check/properties/outcome/enum")));
    assertEquals(
        Stream.of(Kind.values()).map(Kind::name).toList(),
        texts(definitions.at("/finding/properties/kind/enum")));
  }

  static Stream<Named<Consumer<ObjectNode>>> breakages() {
    return Stream.of(
        breakage("no seed", r -> r.remove("seed")),
        breakage("another version", r -> r.put("schema", "threadmill/report/v2")),
        breakage("an unknown property", r -> r.put("grade", "A")),
        breakage("a hash that is none", r -> r.put("hash", "123")),
        breakage("an unknown level", r -> r.put("isolationLevel", "Z")),
        breakage("a number as text", r -> r.put("points", "2")),
        breakage("negative points", r -> r.put("points", -1)),
        breakage("an unknown status", r -> exercise(r).put("status", "GOOD")),
        breakage("no checks", r -> exercise(r).remove("checks")),
        breakage("a failure without a finding", r -> check(r, 1).remove("finding")),
        breakage(
            "a pass with a finding", r -> check(r, 0).set("finding", check(r, 1).get("finding"))),
        breakage("an unknown kind", r -> finding(r).put("kind", "BAD_LUCK")),
        breakage("an empty sentence", r -> finding(r).put("sentence", "")),
        breakage("a file without a line", r -> finding(r).remove("line")),
        breakage("a line without a file", r -> finding(r).remove("file")));
  }

  @ParameterizedTest
  @MethodSource("breakages")
  void the_schema_refuses_a_broken_report(Consumer<ObjectNode> breakage) throws Exception {
    ObjectNode report = (ObjectNode) JSON.readTree(JsonReport.of(Reports.of(Reports.rejected())));
    assertEquals(List.of(), faults(report.toString()));
    breakage.accept(report);
    assertFalse(faults(report.toString()).isEmpty(), report.toPrettyString());
  }

  @Test
  void a_report_says_all_that_is_known() throws Exception {
    JsonNode report = JSON.readTree(JsonReport.of(Reports.of(Reports.rejected())));
    assertEquals(
        JSON.readTree(
                """
                {
                  "schema": "threadmill/report/v1",
                  "submission": "alice",
                  "hash": "0000000000000000000000000000000000000000000000000000000000000000",
                  "kitVersion": "0.1.0",
                  "jdk": "17.0.15+6",
                  "seed": 1,
                  "isolationLevel": "D",
                  "asked": {"exercises": [], "checks": []},
                  "gradedAt": "2026-11-01T10:00:00Z",
                  "points": 2,
                  "maxPoints": 5,
                  "exercises": [{
                    "id": "locks.semaphore",
                    "title": "Counting semaphore",
                    "status": "REJECTED",
                    "points": 2,
                    "maxPoints": 5,
                    "millis": {"compile": 400, "start": 350, "run": 1250},
                    "checks": [
                      {
                        "id": "S1", "sentence": "It counts", "outcome": "PASSED",
                        "points": 2, "maxPoints": 2, "millis": 12
                      },
                      {
                        "id": "S2", "sentence": "It waits", "outcome": "FAILED",
                        "points": 0, "maxPoints": 3, "millis": 70,
                        "finding": {
                          "kind": "STUCK",
                          "sentence": "acquire() never returned",
                          "file": "src/CountingSemaphore.java",
                          "line": 21,
                          "evidence": [
                            "waiter  WAITING",
                            "  at CountingSemaphore.java:21\\n  at Thread.run"
                          ],
                          "trace": {
                            "threads": ["scenario", "waiter"],
                            "steps": [
                              {
                                "thread": 1, "file": "src/CountingSemaphore.java", "line": 21,
                                "what": "waits"
                              },
                              { "thread": 0, "what": "looks" }
                            ],
                            "schedule": "x0-1n2"
                          }
                        }
                      }
                    ],
                    "output": ""
                  }],
                  "notes": ["ignored pom.xml: not a Java source"]
                }
                """)
            .toString(),
        report.toString());
  }

  @Test
  void a_submission_that_could_not_be_read_says_so() throws Exception {
    JsonNode report = JSON.readTree(JsonReport.of(Reports.unreadable()));
    assertEquals(
        "cannot be read (IOException: Input/output error)", report.get("inconclusive").asText());
    assertFalse(report.has("refusal"));
  }

  @Test
  void a_refused_submission_says_why_and_has_no_hash() throws Exception {
    JsonNode report = JSON.readTree(JsonReport.of(Reports.refused()));
    assertEquals("is an empty zip archive", report.get("refusal").asText());
    assertEquals("", report.get("hash").asText());
    assertEquals(0, report.get("exercises").size());
  }

  @Test
  void what_stopped_everything_is_the_problem_of_the_exercise() throws Exception {
    JsonNode report = JSON.readTree(JsonReport.of(Reports.of(Reports.notCompiled())));
    assertEquals(
        "does not compile: ';' expected", report.at("/exercises/0/problem/sentence").asText());
    assertEquals(7, report.at("/exercises/0/problem/line").asInt());
    assertEquals("NOT_RUN", report.at("/exercises/0/checks/0/outcome").asText());
    assertEquals(5, report.at("/maxPoints").asInt());
  }

  @Test
  void what_was_asked_is_told_as_it_was_given() throws Exception {
    Asked asked = new Asked(List.of("locks.semaphore", "locks.mutex"), List.of("S1"));
    String text = JsonReport.of(Reports.of(Reports.passed()), asked);
    assertEquals(List.of(), faults(text));
    assertEquals(
        "{\"exercises\":[\"locks.semaphore\",\"locks.mutex\"],\"checks\":[\"S1\"]}",
        JSON.readTree(text).get("asked").toString());
  }

  private static List<String> faults(String json) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(schemaFile()), InputFormat.JSON);
    return schema.validate(json, InputFormat.JSON).stream().map(Error::toString).toList();
  }

  private static Path schemaFile() {
    Path file = Path.of("..", "docs", "report.schema.json");
    assertTrue(Files.exists(file), "not run in the grader's folder: " + file.toAbsolutePath());
    return file;
  }

  private static Named<Consumer<ObjectNode>> breakage(String name, Consumer<ObjectNode> how) {
    return Named.of(name, how);
  }

  private static ObjectNode exercise(ObjectNode report) {
    return (ObjectNode) report.at("/exercises/0");
  }

  private static ObjectNode check(ObjectNode report, int index) {
    return (ObjectNode) report.at("/exercises/0/checks/" + index);
  }

  private static ObjectNode finding(ObjectNode report) {
    return (ObjectNode) check(report, 1).get("finding");
  }

  private static List<String> texts(JsonNode array) {
    return Stream.of(JSON.convertValue(array, String[].class)).toList();
  }
}
