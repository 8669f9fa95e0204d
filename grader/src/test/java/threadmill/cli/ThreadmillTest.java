package threadmill.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import threadmill.cli.Shell.Said;
import threadmill.kit.MiniKit;

class ThreadmillTest {
  @TempDir private Path temp;

  @Test
  void help_names_every_command_and_every_exit_code() {
    Said said = Shell.run("--help");
    assertEquals(0, said.exit());
    for (String command :
        List.of("list", "test", "grade", "regrade", "hint", "reset", "doctor", "dev")) {
      assertTrue(said.out().lines().anyMatch(l -> l.matches("  " + command + " +\\S.*")), command);
    }
    List<String> codes = said.out().lines().filter(l -> l.matches("  [0-9]   \\S.*")).toList();
    assertEquals(
        List.of(
            "  0   all passed",
            "  1   something did not pass",
            "  2   the command line, or a path on it, is wrong",
            "  3   the grader itself failed, or something is inconclusive"),
        codes);
  }

  @Test
  void without_a_command_there_is_help() {
    assertEquals(Shell.run("--help"), Shell.run());
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "test", "grade", "regrade", "hint", "reset", "doctor", "dev"})
  void every_command_has_help_that_keeps_home_to_itself(String command) {
    Said said = Shell.run(command, "--help");
    assertEquals(0, said.exit());
    assertTrue(said.out().startsWith("Usage: threadmill " + command), said.out());
    assertFalse(said.out().contains("--home"), said.out());
  }

  @Test
  void the_version_is_that_of_the_kit_and_of_java() {
    Said said = Shell.run("--version");
    assertEquals(0, said.exit());
    assertTrue(
        said.out().matches("(?s)Threadmill \\d+\\.\\d+\\.\\d+\\S*\\RJava \\d+\\S*\\R"), said.out());
  }

  @Test
  void a_wrong_option_is_a_wrong_command_line() {
    Said said = Shell.run("grade", "--fast", ".");
    assertEquals(2, said.exit());
    assertEquals(
        List.of("threadmill: Unknown option: '--fast'", "Try: threadmill grade --help"),
        said.err().lines().toList());
    assertEquals("", said.out());
  }

  @Test
  void a_wrong_command_is_a_wrong_command_line() {
    Said said = Shell.run("grad");
    assertEquals(2, said.exit());
    assertTrue(said.err().contains("grade"), said.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hint", "reset", "test"})
  void an_unknown_exercise_is_answered_with_the_nearest(String command) throws Exception {
    Said said = Shell.run(command, "--home", MiniKit.in(temp).root(), "toys.conter");
    assertEquals(2, said.exit());
    assertEquals(
        "threadmill: there is no exercise 'toys.conter'; the nearest are toys.counter\n",
        said.err());
    assertEquals("", said.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "doctor", "test"})
  void outside_a_kit_no_command_works_and_it_says_so(String command) {
    Said said = Shell.run(command, "--home", temp);
    assertEquals(2, said.exit());
    assertTrue(
        said.err().startsWith("threadmill: " + temp + " is not inside a Threadmill checkout"),
        said.err());
  }

  @Test
  void a_broken_kit_is_told_in_a_sentence_without_a_stack_trace() throws Exception {
    MiniKit mini = MiniKit.in(temp);
    Path readme = mini.write("exercises/src/main/java/toys/counter/README.md", "# Counter\n");
    Said said = Shell.run("list", "--home", mini.root());
    assertEquals(2, said.exit());
    assertEquals(
        "threadmill: " + readme + " must begin with a front matter between two lines of ---\n",
        said.err());
  }

  @Test
  void the_doctor_tells_what_this_machine_offers() throws Exception {
    Said said = Shell.run("doctor", "--home", MiniKit.in(temp).root());
    List<String> lines = said.out().lines().toList();
    assertTrue(lines.get(0).matches("  ✓ kit {10}\\S+, 1 exercises"), lines.get(0));
    assertTrue(
        said.out().contains("  ✓ Java         " + System.getProperty("java.runtime.version")),
        said.out());
    assertTrue(said.out().contains("✓ isolation    level "), said.out());
    assertTrue(
        said.out().contains("  ✓ grading      graded a correct and a wrong program: as expected, "),
        said.out());
    assertEquals(0, said.exit(), said.out());
  }
}
