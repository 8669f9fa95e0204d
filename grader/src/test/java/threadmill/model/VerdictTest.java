package threadmill.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Exercise COUNTER =
      new Exercise(
          "toys.counter",
          "1.1",
          "Counter",
          1,
          5,
          17,
          false,
          List.of(),
          Path.of("README.md"),
          List.of(),
          List.of(),
          List.of());

  @Test
  void all_passed_is_passed() {
    assertEquals(Status.PASSED, statusOf(Outcome.PASSED, Outcome.PASSED));
  }

  @Test
  void one_finding_rejects_whatever_else_happened() {
    assertEquals(
        Status.REJECTED,
        statusOf(
            Outcome.PASSED,
            Outcome.NOT_STARTED,
            Outcome.INCONCLUSIVE,
            Outcome.NOT_RUN,
            Outcome.FAILED));
  }

  @Test
  void nothing_asked_is_inconclusive() {
    assertEquals(Status.INCONCLUSIVE, statusOf());
  }

  @Test
  void a_check_without_an_answer_is_never_a_pass() {
    assertEquals(Status.INCONCLUSIVE, statusOf(Outcome.PASSED, Outcome.INCONCLUSIVE));
    assertEquals(Status.INCONCLUSIVE, statusOf(Outcome.PASSED, Outcome.NOT_RUN));
    assertEquals(Status.INCONCLUSIVE, statusOf(Outcome.NOT_RUN));
  }

  @Test
  void a_stub_beside_something_that_works_is_in_progress() {
    assertEquals(Status.IN_PROGRESS, statusOf(Outcome.PASSED, Outcome.NOT_STARTED));
  }

  @Test
  void only_stubs_is_not_started() {
    assertEquals(Status.NOT_STARTED, statusOf(Outcome.NOT_STARTED, Outcome.NOT_STARTED));
  }

  @Property(tries = 300)
  void passed_means_that_every_check_passed(@ForAll List<Outcome> outcomes) {
    boolean perfect = !outcomes.isEmpty() && outcomes.stream().allMatch(o -> o == Outcome.PASSED);
    assertEquals(perfect, statusOf(outcomes.toArray(Outcome[]::new)) == Status.PASSED);
  }

  @Property(tries = 300)
  void rejected_means_that_some_check_has_a_finding(@ForAll List<Outcome> outcomes) {
    boolean failed = outcomes.contains(Outcome.FAILED);
    assertEquals(failed, statusOf(outcomes.toArray(Outcome[]::new)) == Status.REJECTED);
  }

  @Test
  void only_passed_checks_earn_points() {
    List<CheckResult> results =
        List.of(
            result("A", 3, Outcome.PASSED),
            result("B", 5, Outcome.FAILED),
            result("C", 7, Outcome.NOT_STARTED),
            result("D", 11, Outcome.INCONCLUSIVE),
            result("E", 13, Outcome.NOT_RUN));
    Verdict verdict = verdict(Status.REJECTED, results, Optional.empty());
    assertEquals(3, verdict.points());
    assertEquals(39, verdict.maxPoints());
    assertEquals(1, verdict.passed());
  }

  @Test
  void findings_come_in_the_order_of_the_checks() {
    Finding first = Finding.of(Kind.RACE, "first");
    Finding second = Finding.of(Kind.BUSY, "second");
    List<CheckResult> results =
        List.of(
            CheckResult.failed(check("A", 1), first, Duration.ZERO),
            CheckResult.passed(check("B", 1), Duration.ZERO),
            CheckResult.failed(check("C", 1), second, Duration.ZERO));
    assertEquals(
        List.of(first, second), verdict(Status.REJECTED, results, Optional.empty()).findings());
  }

  @Test
  void one_finding_can_cost_the_points_of_all_checks() {
    Finding readyMade =
        new Finding(
            Kind.STRUCTURE,
            "uses a Semaphore",
            Optional.empty(),
            List.of(),
            Optional.empty(),
            true);
    CheckResult counts = CheckResult.passed(check("A", 40), Duration.ZERO);
    CheckResult builds = CheckResult.failed(check("B", 1), readyMade, Duration.ZERO);
    Verdict verdict = verdict(Status.REJECTED, List.of(counts, builds), Optional.empty());
    assertEquals(0, verdict.points());
    assertEquals(41, verdict.maxPoints());
    assertEquals(Optional.of(builds), verdict.costsAll());
  }

  @Test
  void a_problem_that_stopped_everything_stands_alone() {
    Finding problem = Finding.of(Kind.CONTRACT, "does not compile");
    List<CheckResult> results =
        List.of(CheckResult.failed(check("A", 1), Finding.of(Kind.RACE, "another"), Duration.ZERO));
    Verdict verdict = verdict(Status.NOT_COMPILED, results, Optional.of(problem));
    assertEquals(List.of(problem), verdict.findings());
  }

  @Test
  void the_machines_fault_is_no_failure() {
    Finding ours = Finding.of(Kind.INCONCLUSIVE, "the machine was too busy");
    Finding theirs = Finding.of(Kind.DEADLOCK, "a cycle");
    assertEquals(
        Outcome.INCONCLUSIVE, CheckResult.failed(check("A", 1), ours, Duration.ZERO).outcome());
    assertEquals(
        Outcome.FAILED, CheckResult.failed(check("A", 1), theirs, Duration.ZERO).outcome());
  }

  @Test
  void a_report_has_passed_only_if_there_is_something_and_all_of_it_is_good() {
    Verdict good =
        verdict(Status.PASSED, List.of(result("A", 2, Outcome.PASSED)), Optional.empty());
    Verdict open =
        verdict(Status.IN_PROGRESS, List.of(result("A", 2, Outcome.NOT_STARTED)), Optional.empty());
    assertTrue(report(List.of(good, good), Optional.empty()).allPassed());
    assertFalse(report(List.of(good, open), Optional.empty()).allPassed());
    assertFalse(report(List.of(), Optional.empty()).allPassed());
    assertFalse(report(List.of(good), Optional.of("holds no exercise")).allPassed());
    assertEquals(2, report(List.of(good, open), Optional.empty()).points());
    assertEquals(4, report(List.of(good, open), Optional.empty()).maxPoints());
  }

  @Test
  void every_status_has_words_of_its_own() {
    List<String> words = Stream.of(Status.values()).map(Status::words).distinct().toList();
    assertEquals(Status.values().length, words.size());
    assertEquals("does not compile", Status.NOT_COMPILED.words());
  }

  private static Status statusOf(Outcome... outcomes) {
    return Verdict.statusOf(Stream.of(outcomes).map(o -> result("X", 1, o)).toList());
  }

  private static CheckResult result(String id, int points, Outcome outcome) {
    return new CheckResult(check(id, points), outcome, Optional.empty(), Duration.ZERO);
  }

  private static Check check(String id, int points) {
    return new Check(id, "It counts", points, 60, "toys.counter.CounterTest", "it_counts");
  }

  private static Verdict verdict(
      Status status, List<CheckResult> results, Optional<Finding> problem) {
    return new Verdict(COUNTER, status, results, problem, Durations.NONE, "");
  }

  private static Report report(List<Verdict> verdicts, Optional<String> refusal) {
    return new Report(
        "alice",
        "",
        "1",
        "17",
        1,
        "D",
        Instant.EPOCH,
        verdicts,
        List.of(),
        refusal,
        Optional.empty());
  }
}
