package threadmill.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import threadmill.harness.shapes.Synchronizing;
import threadmill.harness.shapes.Wrapping;
import threadmill.model.Finding;
import threadmill.model.Kind;

class StructureTest {
  @Test
  void using_what_the_exercise_asks_to_build_is_a_finding_on_its_line() {
    Finding finding =
        breach(
            Structure.of(Wrapping.class)
                .mayUse("java.util.concurrent")
                .asksToBuild(Semaphore.class),
            "Wrapping");
    assertEquals(Kind.STRUCTURE, finding.kind());
    assertTrue(
        finding
            .sentence()
            .contains("uses java.util.concurrent.Semaphore, which this exercise asks you to build"),
        finding.sentence());
    assertTrue(finding.where().orElseThrow().line() > 0);
  }

  @Test
  void only_what_the_exercise_asks_to_build_costs_all_points_and_it_comes_first() {
    Structure rules = Structure.of(Wrapping.class).mayUse("java.util.concurrent");
    assertFalse(assertThrows(Failure.class, rules::holds).finding().costsAll());
    rules.asksToBuildSynchronizers();
    Finding finding = assertThrows(Failure.class, rules::holds).finding();
    assertTrue(finding.costsAll());
    assertEquals(
        "Wrapping uses java.util.concurrent.Semaphore, which this exercise asks you to build",
        finding.sentence());
  }

  @Test
  void a_package_that_is_not_open_is_named() {
    assertEvidence("Wrapping.java", "which this exercise does not allow");
  }

  @Test
  void sleeping_is_refused_through_a_class_and_through_time_units() {
    assertEvidence("Napping.java", "calls Thread.sleep: waiting by the clock");
    assertEvidence("Napping.java", "calls TimeUnit.sleep: waiting by the clock");
    assertEvidence("Napping.java:11", "calls ForkJoinWorkerThread.sleep");
  }

  @Test
  void reflection_is_refused() {
    assertEvidence("Reaching.java", "calls Class.forName");
  }

  @Test
  void a_static_field_that_can_change_is_refused() {
    assertEvidence("Sharing.java", "has the static field count");
  }

  @Test
  void synchronized_methods_and_blocks_are_seen_when_they_are_refused() {
    String all = evidence(Structure.of(Synchronizing.class).mustNotSynchronize());
    assertTrue(all.contains("declares method synchronized"), all);
    assertTrue(all.contains("Synchronizing.java:12 has a synchronized block"), all);
  }

  private static void assertEvidence(String file, String words) {
    String all = evidence(Structure.of(Wrapping.class));
    assertTrue(
        all.lines().anyMatch(l -> l.startsWith(file) && l.contains(words)), words + "\nin\n" + all);
  }

  private static String evidence(Structure rules) {
    Failure failure = assertThrows(Failure.class, rules::holds);
    return String.join("\n", failure.finding().evidence());
  }

  private static Finding breach(Structure rules, String subject) {
    Failure failure = assertThrows(Failure.class, rules::holds);
    assertTrue(failure.finding().evidence().stream().anyMatch(l -> l.startsWith(subject)));
    Finding finding = failure.finding();
    String line =
        finding.evidence().stream().filter(l -> l.contains("asks you to build")).findFirst().get();
    return Finding.of(finding.kind(), line).at(finding.where().orElseThrow());
  }
}
