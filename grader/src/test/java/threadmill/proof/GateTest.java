package threadmill.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import threadmill.kit.Kit;
import threadmill.kit.MiniKit;
import threadmill.run.Grader;

class GateTest {
  @TempDir private Path root;

  @Test
  void a_small_kit_is_proved_from_end_to_end() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    assertEquals(List.of(), faults(MiniKit.in(root), List.of(), said));
    List<String> lines = said.toString(StandardCharsets.UTF_8).lines().toList();
    String last = lines.get(lines.size() - 1);
    assertTrue(last.matches("1 exercises, .*: .*as expected"), last);
    assertEquals(6, lines.stream().filter(l -> l.contains("as expected, ")).count());
  }

  @Test
  void a_mutant_that_names_the_wrong_check_does_not_hold() throws Exception {
    MiniKit mini = MiniKit.in(root);
    mini.write(
        "solutions/src/mutants/toys.counter/stands_still/Counter.java",
        "// CONST | rejected by C2 | Who counts?\n"
            + MiniKit.REFERENCE.replace("value += Step.SIZE", "Step.SIZE"));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    assertEquals(1, faults(mini, List.of("stands_still"), said).size());
    String text = said.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains(": 1 faults\n"), text);
    assertTrue(
        text.contains("  ✗ toys.counter mutant stands_still was not rejected by C2\n"), text);
    assertTrue(text.contains("      C1 CONTRACT after 1 comes 1\n"), text);
  }

  private static List<String> faults(MiniKit mini, List<String> only, ByteArrayOutputStream said)
      throws Exception {
    Kit kit = mini.read();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    return new Gate(kit, Grader.of(kit), 1, out)
        .faults(kit.exercises(), new Gate.Plan(only, 1, false, false, 1));
  }
}
