package threadmill.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import threadmill.kit.Kit;
import threadmill.kit.MiniKit;
import threadmill.run.Grader;

/**
 * One round of the faults that happen most. All, and as many as anybody likes are {@code
 * ./threadmill dev faults}.
 */
class FaultSuiteTest {
  @TempDir private Path home;

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatever_happens_to_a_grader_its_reports_are_those_of_a_quiet_run() throws Exception {
    Kit kit = MiniKit.in(home).read();
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "threadmill.cli.Threadmill");
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    String level = Grader.levels(kit).strongest().level().words();
    FaultSuite suite = new FaultSuite(java, kit, kit.exercise(MiniKit.ID), level, 1, true, out);
    boolean held = suite.holds(1);
    assertTrue(held, said.toString(StandardCharsets.UTF_8));
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("a full output: 1 times"));
  }

  @Test
  void a_verdict_that_a_quiet_run_does_not_give_is_told() throws IOException {
    Outcomes quiet = outcomes("PASSED");
    assertEquals(List.of(), outcomes("PASSED").unlike(quiet));
    assertEquals(List.of(), outcomes("INCONCLUSIVE").unlike(quiet));
    assertFalse(outcomes("INCONCLUSIVE").areConclusive());
    assertEquals(
        List.of("alice: toys.counter C1 is FAILED CRASH, not PASSED"),
        outcomes("FAILED\", \"finding\": {\"kind\": \"CRASH\"}, \"x\": \"").unlike(quiet));
    assertEquals(Map.of(), Outcomes.in(home.resolve("nowhere")).bySubmission());
  }

  private Outcomes outcomes(String outcome) throws IOException {
    Path folder = Files.createDirectories(home.resolve("o/alice"));
    Files.writeString(
        folder.resolve("report.json"),
        "{\"exercises\": [{\"id\": \"toys.counter\", \"checks\": [{\"id\": \"C1\", \"outcome\": \""
            + outcome
            + "\"}]}]}");
    return Outcomes.in(home.resolve("o"));
  }
}
