package threadmill.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import threadmill.cli.Shell.Said;
import threadmill.kit.MiniKit;

class GradeCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path home;
  @TempDir private Path work;

  @BeforeEach
  void write_a_kit() throws Exception {
    MiniKit.in(home);
  }

  @Test
  void a_path_that_is_not_there_is_a_wrong_command_line() {
    Said said = grade(work.resolve("nobody"));
    assertEquals(2, said.exit());
    assertEquals(
        "threadmill: there is no file or folder '" + work.resolve("nobody") + "'",
        said.err().lines().findFirst().orElse(""));
    assertEquals("", said.out());
  }

  @Test
  void all_needs_a_folder() throws Exception {
    Path zip = Files.writeString(work.resolve("alice.zip"), "");
    Said said = grade("--all", zip);
    assertEquals(2, said.exit());
    assertEquals(
        "threadmill: --all needs folders; '" + zip + "' is a file",
        said.err().lines().findFirst().orElse(""));
  }

  @Test
  void all_of_nothing_is_a_wrong_command_line() throws Exception {
    submission("work/.hidden", MiniKit.REFERENCE);
    Files.writeString(work.resolve("work/notes.txt"), "none");
    Said said = grade("--all", work.resolve("work"));
    assertEquals(2, said.exit());
    assertEquals(
        "threadmill: there is no folder and no zip archive in [" + work.resolve("work") + "]",
        said.err().lines().findFirst().orElse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3"})
  void there_must_be_a_job_at_least(String jobs) {
    Said said = grade("--jobs", jobs, work);
    assertEquals(2, said.exit());
    assertEquals(
        "threadmill: --jobs must be at least 1", said.err().lines().findFirst().orElse(""));
  }

  @Test
  void a_path_must_be_given() {
    Said said = grade();
    assertEquals(2, said.exit());
    assertTrue(said.err().startsWith("threadmill: Missing required parameter: 'PATH'"), said.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--format=xml", "--seed=x", "--jobs=many"})
  void a_value_that_makes_no_sense_is_a_wrong_command_line(String option) {
    assertEquals(2, grade(option, work).exit());
  }

  @Test
  void an_unknown_exercise_is_answered_with_the_nearest() {
    Said said = grade("--exercise", "toys.conter", work);
    assertEquals(2, said.exit());
    assertEquals(
        "threadmill: there is no exercise 'toys.conter'; the nearest are toys.counter\n",
        said.err());
  }

  @Test
  void what_is_refused_does_not_pass_and_says_why() throws Exception {
    Path empty = Files.createDirectory(work.resolve("empty"));
    Said said = grade(empty);
    assertEquals(1, said.exit());
    assertEquals(
        """
        empty  not graded
          ✗ empty holds no exercise: no Java file in it declares a package of the kit, such as \
        'toys.counter'
        """,
        said.out());
  }

  @Test
  void each_submission_has_a_report_of_its_own_however_they_are_called() throws Exception {
    Files.createDirectories(work.resolve("all/a"));
    Files.createDirectories(work.resolve("all/a-2"));
    Files.writeString(work.resolve("all/a.zip"), "");
    Path out = work.resolve("out");
    assertEquals(1, grade("--all", work.resolve("all"), "--out", out).exit());
    assertEquals(List.of("a", "a-2", "a-3", "audit.jsonl"), names(out));
    assertEquals("a", report(out.resolve("a")).get("submission").asText());
    assertEquals("a-2", report(out.resolve("a-2")).get("submission").asText());
    assertEquals("a.zip", report(out.resolve("a-3")).get("submission").asText());
  }

  @Test
  void a_report_that_cannot_be_written_is_told_and_the_others_are_written() throws Exception {
    Files.createDirectories(work.resolve("all/a"));
    Files.createDirectories(work.resolve("all/b"));
    Path out = Files.createDirectory(work.resolve("out"));
    Files.writeString(out.resolve("a"), "in the way");
    Said said = grade("--all", work.resolve("all"), "--out", out);
    assertEquals(3, said.exit());
    assertTrue(
        said.err().startsWith("threadmill: cannot write the report of a to " + out + ": "),
        said.err());
    assertEquals("b", report(out.resolve("b")).get("submission").asText());
    assertTrue(said.out().contains("0 of 2 submissions passed"), said.out());
  }

  @Test
  void a_link_among_the_submissions_is_not_followed_wherever_it_points() throws Exception {
    Path reference = submission("references", MiniKit.REFERENCE);
    Path alice = submission("all/alice", MiniKit.REFERENCE);
    Files.createSymbolicLink(work.resolve("all/bob"), reference);
    Files.createSymbolicLink(work.resolve("all/carol"), alice);
    Path folder = Files.createSymbolicLink(work.resolve("all of them"), work.resolve("all"));
    Path out = work.resolve("out");
    assertEquals(1, grade("--all", folder, "--out", out).exit());
    assertEquals(5, report(out.resolve("alice")).get("points").asInt());
    for (String linked : List.of("bob", "carol")) {
      assertEquals(
          "is a symbolic link, which is not followed; name what it points to",
          report(out.resolve(linked)).get("refusal").asText());
    }
  }

  /** The contract of the first one deletes the second one's files, as anybody else could. */
  @Test
  void what_vanishes_meanwhile_is_graded_when_the_run_is_resumed() throws Exception {
    submission("all/alice", MiniKit.REFERENCE);
    Path bob = submission("all/bob", MiniKit.REFERENCE);
    String deletes =
        "java.nio.file.Path bob = java.nio.file.Path.of(\""
            + bob
            + "\");\n"
            + "java.nio.file.Files.deleteIfExists(bob.resolve(\"Counter.java\"));\n"
            + "java.nio.file.Files.deleteIfExists(bob);\n";
    String contract =
        MiniKit.CONTRACT
            .replace("(Crew crew) {", "(Crew crew) throws Exception {")
            .replace("Counter counter = ", deletes + "Counter counter = ");
    Files.writeString(
        home.resolve("exercises/src/test/java/toys/counter/CounterTest.java"), contract);
    Path out = work.resolve("out");
    Said said = grade("--level", "D", "--jobs", 1, work.resolve("all/alice"), bob, "--out", out);
    assertEquals(3, said.exit(), said.toString());
    String why =
        "cannot be read (NoSuchFileException); check its permissions and its disk, and grade it"
            + " again";
    assertEquals(why, report(out.resolve("bob")).get("inconclusive").asText());
    assertTrue(said.out().contains("bob  not graded\n  ? bob " + why + "\n"), said.out());
    assertTrue(said.out().contains("alice  5 of 5 points"), said.out());
    submission("all/bob", MiniKit.REFERENCE);
    Said again = grade("--level", "D", "--resume", work.resolve("all/alice"), bob, "--out", out);
    assertEquals(0, again.exit(), again.toString());
    assertTrue(again.err().contains("1 was graded before and left out"), again.err());
    assertEquals(5, report(out.resolve("bob")).get("points").asInt());
  }

  @Test
  void a_check_that_an_exercise_asked_for_by_name_lacks_is_a_wrong_command_line() throws Exception {
    Path alice = submission("alice", MiniKit.REFERENCE);
    Said said = grade(alice, "--exercise", MiniKit.ID, "--check", "C9");
    assertEquals(2, said.exit());
    assertEquals("threadmill: toys.counter has no check C9; it has C2, C1\n", said.err());
    assertEquals("", said.out());
  }

  @Test
  void json_goes_to_standard_output_and_nothing_else_does() throws Exception {
    Files.createDirectories(work.resolve("all/a"));
    Files.createDirectories(work.resolve("all/b"));
    Said said = grade("--format", "json", "--all", work.resolve("all"));
    List<String> names = new ArrayList<>();
    JSON.readTree(said.out()).forEach(report -> names.add(report.get("submission").asText()));
    assertEquals(List.of("a", "b"), names);
    assertEquals("", said.err());
  }

  @Test
  void whether_json_is_a_report_or_an_array_depends_on_the_command_line_alone() throws Exception {
    Path a = Files.createDirectories(work.resolve("all/a"));
    Path other = Files.createDirectories(work.resolve("other"));
    assertTrue(json("--format", "json", a).isObject());
    assertEquals(2, json("--format", "json", a, other).size());
    assertTrue(json("--format", "json", "--all", work.resolve("all")).isArray());
    assertTrue(json("--format", "console,json", a).isObject());
  }

  private JsonNode json(Object... more) throws IOException {
    return JSON.reader()
        .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .readTree(grade(more).out());
  }

  @Test
  void a_submission_has_no_say_in_where_its_report_lies() throws Exception {
    for (String name : List.of("audit.jsonl", "CON", "kim.", "Kim.")) {
      submission("all/" + name, MiniKit.REFERENCE);
    }
    Path out = work.resolve("out");
    assertEquals(0, grade("--all", work.resolve("all"), "--out", out, "--level", "D").exit());
    List<String> folders = names(out);
    assertEquals(5, folders.size(), folders::toString);
    assertTrue(Files.isRegularFile(out.resolve("audit.jsonl")));
    assertTrue(folders.stream().anyMatch(f -> f.matches("_CON_[0-9a-f]{8}")), folders::toString);
    assertEquals(0, grade("--all", work.resolve("all"), "--out", out, "--resume").exit());
  }

  @Test
  void right_and_wrong_work_is_graded_side_by_side() throws Exception {
    submission("all/alice", MiniKit.REFERENCE);
    submission("all/bob", MiniKit.REFERENCE.replace("value += Step.SIZE", "value++"));
    Path out = work.resolve("out");
    Said said = grade("--all", work.resolve("all"), "--out", out, "--jobs", 1);
    assertEquals(1, said.exit(), said.toString());
    assertEquals(5, report(out.resolve("alice")).get("points").asInt());
    JsonNode bob = report(out.resolve("bob"));
    assertEquals(3, bob.get("points").asInt());
    JsonNode finding = bob.at("/exercises/0/checks/0/finding");
    assertEquals("the first number is 0, not 1", finding.get("sentence").asText());
    assertTrue(said.out().startsWith("alice  5 of 5 points\n"), said.out());
    assertTrue(
        said.out()
            .contains(
                "again: ./threadmill grade "
                    + work.resolve("all/bob")
                    + " --exercise toys.counter --check C2 --seed 1\n"),
        said.out());
    assertTrue(said.out().contains("1 of 2 submissions passed, in "), said.out());
  }

  @Test
  void one_check_alone_may_be_asked_again() throws Exception {
    Path alice = submission("alice", MiniKit.REFERENCE);
    Said said = grade(alice, "--exercise", MiniKit.ID, "--check", "C1", "--seed", 7);
    assertEquals(0, said.exit(), said.toString());
    assertTrue(said.out().startsWith("alice  3 of 3 points\n"), said.out());
  }

  private Said grade(Object... more) {
    return Shell.run(Stream.concat(Stream.of("grade", "--home", home), Stream.of(more)).toArray());
  }

  private Path submission(String name, String counter) throws IOException {
    Path folder = Files.createDirectories(work.resolve(name));
    Files.writeString(folder.resolve("Counter.java"), counter);
    return folder;
  }

  private static JsonNode report(Path folder) throws IOException {
    return JSON.readTree(folder.resolve("report.json").toFile());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
