package threadmill.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import threadmill.cli.Shell.Said;
import threadmill.kit.MiniKit;

/** Levels, secret seeds, resuming and regrading, as an instructor meets them. */
class TrustTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;
  @TempDir private Path work;
  private Path alice;

  @BeforeEach
  void write_a_kit_and_a_submission() throws IOException {
    MiniKit.in(home);
    alice = work.resolve("alice");
    hand_in(MiniKit.REFERENCE);
  }

  @Test
  void a_level_that_is_not_reached_grades_nothing() {
    Said said = grade("--require-level", "A-root");
    assertEquals(2, said.exit());
    assertTrue(said.err().startsWith("threadmill: --require-level A-root: this is level D"));
    assertEquals("", said.out());
  }

  @Test
  void a_level_that_there_is_not_is_a_wrong_command_line() {
    Said said = Shell.run("grade", "--home", home, "--require-level", "C", alice);
    assertEquals(2, said.exit());
    assertTrue(said.err().contains("'C' is no isolation level; there are A+, A, A-root, B, D"));
  }

  @Test
  void the_level_is_in_the_report() throws IOException {
    grade();
    assertEquals("D", report().path("isolationLevel").asText());
  }

  @Test
  void the_seed_follows_from_the_secret_and_the_sources() throws IOException {
    Path secret = Files.writeString(work.resolve("secret"), "sixteen bytes or more");
    assertEquals(0, grade("--secret-file", secret).exit());
    long seed = report().path("seed").asLong();
    grade("--secret-file", secret);
    assertEquals(seed, report().path("seed").asLong());
    Files.writeString(secret, "another one, of some length");
    grade("--secret-file", secret);
    assertNotEquals(seed, report().path("seed").asLong());
  }

  @Test
  void a_secret_that_is_too_short_is_refused() throws IOException {
    Path secret = Files.writeString(work.resolve("secret"), "password");
    Said said = grade("--secret-file", secret);
    assertEquals(2, said.exit());
    assertTrue(said.err().contains("holds fewer than 16 bytes; a secret is longer"), said.err());
  }

  @Test
  void what_was_graded_is_left_out_when_the_run_is_resumed() throws IOException {
    assertEquals(0, grade().exit());
    Said again = grade("--resume");
    assertEquals(0, again.exit());
    assertTrue(again.err().contains("1 was graded before and left out"), again.err());
    assertEquals(1, audit().size());
    hand_in(MiniKit.STUB);
    assertEquals(1, grade("--resume").exit());
    assertEquals(2, audit().size());
    assertEquals("NOT_STARTED", report().at("/exercises/0/status").asText());
  }

  @Test
  void what_was_asked_otherwise_is_graded_again_and_told_why() throws IOException {
    grade("--check", "C1");
    Said other = grade("--resume", "--check", "C2");
    assertEquals(0, other.exit());
    assertTrue(
        other
            .err()
            .contains(
                "0 were graded before and left out\n"
                    + "threadmill: 1 is graded again: other exercises or checks were asked (alice)"),
        other.err());
    assertEquals("C2", report().at("/exercises/0/checks/0/id").asText());
    assertEquals("[\"C2\"]", report().at("/asked/checks").toString());
    Said seed = grade("--resume", "--check", "C2", "--seed", "7");
    assertTrue(seed.err().contains("again: the seed is another one (alice)"), seed.err());
    Said exercise = grade("--resume", "--check", "C2", "--seed", "7", "--exercise", MiniKit.ID);
    assertTrue(exercise.err().contains("again: other exercises or checks"), exercise.err());
    assertEquals(4, audit().size());
  }

  @Test
  void a_report_of_another_machine_or_one_that_was_changed_is_graded_again() throws IOException {
    grade();
    ObjectNode other = (ObjectNode) report();
    Path file = out().resolve("alice/report.json");
    Files.writeString(file, other.put("points", 99).toString());
    Said changed = grade("--resume");
    String why = "again: the audit log does not tell of the report that is there (alice)";
    assertTrue(changed.err().contains(why), changed.err());
    assertEquals(5, report().path("points").asInt());
  }

  @Test
  void a_resumed_run_sums_up_the_whole_batch() throws IOException {
    Path bob = Files.createDirectories(work.resolve("bob"));
    Files.writeString(bob.resolve("Counter.java"), MiniKit.REFERENCE.replace("+=", "-="));
    assertEquals(1, grade(bob).exit());
    Files.writeString(bob.resolve("Counter.java"), MiniKit.REFERENCE);
    Said again = grade("--resume", bob);
    assertEquals(0, again.exit(), again.err());
    assertTrue(again.err().contains("1 is graded again: the sources are others (bob)"));
    assertTrue(again.out().contains("2 of 2 submissions passed; 1 was graded before, in "));
    assertEquals(0, grade("--resume", bob).exit());
    hand_in(MiniKit.STUB);
    assertEquals(1, grade("--resume", bob).exit());
    assertEquals(1, grade("--resume", bob).exit(), "also where nothing is left to do");
  }

  @Test
  void the_audit_log_can_be_checked_by_a_command() throws IOException {
    assertEquals(2, audited().exit());
    grade();
    regrade();
    Said whole = audited();
    assertEquals(0, whole.exit(), whole.toString());
    assertEquals(
        "  ✓ 2 lines, 1 report: the chain is whole, and the reports are its own\n", whole.out());
    Path log = out().resolve("audit.jsonl");
    Files.writeString(log, Files.readString(log).replace("\"seed\":1", "\"seed\":2"));
    Said broken = audited();
    assertEquals(1, broken.exit());
    assertTrue(
        broken.out().contains("✗ line 2 of audit.jsonl does not carry the hash of line 1"),
        broken.out());
  }

  @Test
  void what_was_changed_since_is_not_confirmed() throws IOException {
    grade();
    Path file = out().resolve("alice/report.json");
    Files.writeString(file, Files.readString(file).replace("Counter", "Adder"));
    Said said = regrade();
    assertEquals(1, said.exit());
    assertTrue(
        said.out().contains("✗ alice  its report is not the one that the audit log tells of"),
        said.out());
    assertEquals(1, audit().size());
  }

  @Test
  void resuming_needs_the_reports_of_before() {
    Said said = Shell.run("grade", "--home", home, "--level", "D", "--resume", alice);
    assertEquals(2, said.exit());
    assertTrue(said.err().contains("--resume needs --out"), said.err());
  }

  @Test
  void regrading_the_same_changes_the_time_alone() throws IOException {
    grade("--seed", "7");
    ObjectNode before = (ObjectNode) report();
    Said said = regrade();
    assertEquals(0, said.exit(), said.err());
    assertEquals("  ✓ alice  the same verdict", said.out().strip().indent(2).stripTrailing());
    ObjectNode after = (ObjectNode) report();
    assertNotEquals(before.remove("gradedAt"), after.remove("gradedAt"));
    assertEquals(before, after);
    assertEquals("regrade", audit().get(1).path("command").asText());
    assertEquals(7, audit().get(1).path("seed").asInt());
  }

  @Test
  void regrading_what_has_changed_leaves_the_report_and_says_so() throws IOException {
    grade();
    JsonNode before = report();
    hand_in(MiniKit.STUB);
    Said said = regrade();
    assertEquals(1, said.exit());
    assertTrue(
        said.out().contains("exercises/0/status is \"NOT_STARTED\", was \"PASSED\""), said.out());
    assertEquals(before, report());
  }

  @Test
  void nothing_can_be_regraded_where_nothing_was_graded() {
    Said said = regrade();
    assertEquals(2, said.exit());
    assertTrue(said.err().contains("there is no audit.jsonl in "), said.err());
  }

  private void hand_in(String source) throws IOException {
    Files.createDirectories(alice);
    Files.writeString(alice.resolve("Counter.java"), source);
  }

  private Said grade(Object... more) {
    List<Object> words = new ArrayList<>(List.of("grade", "--home", home, "--out", out()));
    words.addAll(List.of("--level", "D"));
    words.addAll(List.of(more));
    words.add(alice);
    return Shell.run(words.toArray());
  }

  private Said regrade() {
    return Shell.run("regrade", "--home", home, "--out", out(), "--level", "D");
  }

  private Said audited() {
    return Shell.run("audit", "--out", out());
  }

  private Path out() {
    return work.resolve("reports");
  }

  private JsonNode report() throws IOException {
    return JSON.readTree(out().resolve("alice/report.json").toFile());
  }

  private List<JsonNode> audit() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(out().resolve("audit.jsonl"))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }
}
