package threadmill.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import threadmill.jail.Level;
import threadmill.kit.Kit;
import threadmill.run.Grader;

/**
 * The quick half of the tamper suite at the strongest level of this machine. All of it, at all
 * levels, is {@code ./threadmill dev tamper}.
 */
class TamperSuiteTest {
  private static final Path FOLDER =
      Kit.find(Path.of("")).root().resolve("grader/src/test/hostile");

  @Test
  void what_the_strongest_level_must_contain_is_contained() throws Exception {
    holds(
        "ends_its_jvm",
        "interrupts_all_threads",
        "throws_hostile_exceptions",
        "kills_all_it_can",
        "leaves_an_orphan",
        "reads_what_is_not_its_own",
        "writes_outside",
        "calls_the_hosts_network",
        "makes_namespaces");
  }

  @Test
  void what_is_honest_passes_inside() throws Exception {
    holds("counts", "sockets_on_loopback", "pipes_and_signals");
  }

  @Test
  void every_program_says_what_must_come_of_it() throws IOException {
    List<Trial> trials = Trial.in(FOLDER);
    assertTrue(trials.stream().filter(t -> !t.isHonest()).count() > 25);
    assertTrue(trials.stream().filter(Trial::isHonest).allMatch(t -> t.weakest() == Level.D));
  }

  private static void holds(String... names) throws IOException, InterruptedException {
    Level level = Grader.levels(Kit.find(FOLDER.resolve("kit"))).strongest().level();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    boolean held = new TamperSuite(FOLDER, List.of(names), 2).holds(List.of(level), out);
    assertTrue(held, said.toString(StandardCharsets.UTF_8));
    String head = "| program | what it does | gate | " + level + " |";
    assertEquals(head, said.toString(StandardCharsets.UTF_8).lines().findFirst().orElse(""));
  }
}
