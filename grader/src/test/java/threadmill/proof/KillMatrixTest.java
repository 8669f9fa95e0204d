package threadmill.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import threadmill.kit.Mistake;
import threadmill.kit.Specimen;
import threadmill.kit.Specimen.Role;
import threadmill.model.Check;
import threadmill.model.CheckResult;
import threadmill.model.Durations;
import threadmill.model.Exercise;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Outcome;
import threadmill.model.Status;
import threadmill.model.Trace;
import threadmill.model.Verdict;
import threadmill.model.Where;

class KillMatrixTest {
  private static final Check C1 = check("C1", 2);
  private static final Check C2 = check("C2", 3);
  private static final Exercise COUNTER = exercise(5);
  private static final Specimen STUB = specimen(Role.STUB, "stub", null);
  private static final Specimen REFERENCE = specimen(Role.REFERENCE, "reference", null);
  private static final Specimen VARIANT = specimen(Role.VARIANT, "with_a_lock", null);
  private static final Specimen FIRST = specimen(Role.MUTANT, "begins_with_zero", "C1");
  private static final Specimen SECOND = specimen(Role.MUTANT, "stands_still", "C2");

  private final KillMatrix matrix = new KillMatrix(COUNTER, List.of(C1, C2));

  @Test
  void a_kit_that_is_as_it_should_be_has_no_fault() {
    addAllGood();
    assertEquals(List.of(), matrix.faults(true));
  }

  @Test
  void a_mutant_rejected_by_another_check_only_is_a_fault() {
    addAllGood();
    matrix.add(FIRST, verdict(Outcome.PASSED, Outcome.FAILED));
    assertEquals(
        List.of(
            "toys.counter mutant begins_with_zero was not rejected by C1\n"
                + "      C2 Counter.java:3 SAFETY an update was lost\n"
                + "        | one\n"
                + "        | two"),
        matrix.faults(true));
  }

  @Test
  void a_mutant_rejected_by_another_check_too_is_no_fault() {
    addAllGood();
    matrix.add(FIRST, verdict(Outcome.FAILED, Outcome.FAILED));
    assertEquals(List.of(), matrix.faults(true));
  }

  @Test
  void a_mutant_that_passes_is_a_fault() {
    addAllGood();
    matrix.add(SECOND, verdict(Outcome.PASSED, Outcome.PASSED));
    assertEquals(
        List.of("toys.counter mutant stands_still was not rejected by C2"), matrix.faults(true));
  }

  @Test
  void a_mutant_that_got_away_once_in_many_times_is_a_fault() {
    addAllGood();
    for (int i = 0; i < 9; i++) {
      matrix.add(FIRST, verdict(Outcome.FAILED, Outcome.PASSED));
    }
    assertEquals(List.of(), matrix.faults(true));
    matrix.add(FIRST, verdict(Outcome.PASSED, Outcome.PASSED));
    assertEquals(1, matrix.faults(true).size());
  }

  @Test
  void a_mutant_that_is_inconclusive_anywhere_is_a_fault() {
    addAllGood();
    matrix.add(FIRST, verdict(Outcome.FAILED, Outcome.INCONCLUSIVE));
    assertEquals(
        List.of(
            "toys.counter mutant begins_with_zero was inconclusive\n"
                + "      C1 Counter.java:3 SAFETY an update was lost\n"
                + "        | one\n"
                + "        | two\n"
                + "      C2 INCONCLUSIVE too busy"),
        matrix.faults(true));
  }

  @Test
  void an_inconclusive_killer_rejects_nobody() {
    addAllGood();
    matrix.add(FIRST, verdict(Outcome.INCONCLUSIVE, Outcome.FAILED));
    assertEquals(2, matrix.faults(true).size());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PASSED")
  void a_reference_or_a_variant_that_does_not_pass_is_a_fault(Status status) {
    addAllGood();
    matrix.add(REFERENCE, plain(status));
    matrix.add(VARIANT, plain(status));
    assertEquals(
        List.of(
            "toys.counter reference is " + status.words() + ", not passed",
            "toys.counter variant with_a_lock is " + status.words() + ", not passed"),
        matrix.faults(true));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOT_STARTED")
  void a_stub_on_which_anything_works_is_a_fault(Status status) {
    addAllGood();
    matrix.add(STUB, plain(status));
    assertEquals(
        List.of("toys.counter stub is " + status.words() + ", not not started"),
        matrix.faults(true));
  }

  @Test
  void a_fault_says_why_nothing_could_be_checked() {
    Finding problem = Finding.of(Kind.CONTRACT, "does not compile: ';' expected");
    matrix.add(
        REFERENCE,
        new Verdict(
            COUNTER, Status.NOT_COMPILED, List.of(), Optional.of(problem), Durations.NONE, ""));
    assertEquals(
        List.of(
            "toys.counter reference is does not compile, not passed\n"
                + "      does not compile: ';' expected"),
        matrix.faults(false));
  }

  @Test
  void a_check_that_rejects_no_mutant_is_a_fault() {
    KillMatrix more = new KillMatrix(exercise(6), List.of(C1, C2, check("C3", 1)));
    more.add(FIRST, verdict(Outcome.FAILED, Outcome.PASSED));
    more.add(SECOND, verdict(Outcome.PASSED, Outcome.FAILED));
    assertEquals(List.of("toys.counter: check C3 rejects no mutant"), more.faults(true));
  }

  @Test
  void only_the_rejection_of_a_mutant_makes_a_check_useful() {
    matrix.add(FIRST, verdict(Outcome.FAILED, Outcome.PASSED));
    matrix.add(VARIANT, verdict(Outcome.PASSED, Outcome.FAILED));
    List<String> faults = matrix.faults(true);
    assertEquals("toys.counter: check C2 rejects no mutant", faults.get(faults.size() - 1));
  }

  @Test
  void of_a_part_of_the_specimens_no_check_is_called_useless() {
    matrix.add(FIRST, verdict(Outcome.FAILED, Outcome.PASSED));
    assertEquals(List.of(), matrix.faults(false));
    assertEquals(List.of("toys.counter: check C2 rejects no mutant"), matrix.faults(true));
  }

  @Test
  void points_that_do_not_add_up_are_a_fault() {
    KillMatrix wrong = new KillMatrix(exercise(7), List.of(C1, C2));
    assertEquals(
        List.of("toys.counter: README says 7 points, the checks give 5"), wrong.faults(false));
  }

  @Test
  void an_explored_mutant_of_which_different_things_are_said_is_a_fault() {
    matrix.add(FIRST, says("an update was lost", "1"));
    matrix.add(FIRST, says("an update was lost", "1"));
    assertEquals(List.of(), matrix.faults(false));
    matrix.add(FIRST, says("an update was lost", "1,2"));
    assertEquals(
        List.of(
            "toys.counter mutant begins_with_zero: C1 says 2 different things in different runs\n"
                + "      SAFETY an update was lost\n"
                + "      SAFETY an update was lost"),
        matrix.faults(false));
  }

  @Test
  void a_mutant_that_was_watched_may_be_told_in_other_words_and_the_matrix_counts_them() {
    matrix.add(FIRST, says(Finding.of(Kind.LEAK, "two threads are left")));
    matrix.add(FIRST, says(Finding.of(Kind.LEAK, "one thread is left")));
    assertEquals(List.of(), matrix.faults(false));
    assertTrue(printed().endsWith("as expected, 2.0 s, at most 2.0 s, 2 findings\n"));
  }

  @Test
  void the_matrix_shows_who_rejected_whom_how_many_times() {
    addAllGood();
    matrix.add(FIRST, verdict(Outcome.FAILED, Outcome.FAILED));
    matrix.add(SECOND, verdict(Outcome.FAILED, Outcome.PASSED));
    assertEquals(
        """

        1.1  toys.counter
                                     C1    C2   verdict
          stub                        .     .   as expected, 2.0 s
          reference                   .     .   as expected, 2.0 s
          variant with_a_lock         .     .   as expected, 2.0 s
          mutant begins_with_zero   [2]     1   as expected, 2.0 s, at most 2.0 s
          mutant stands_still         1   [1]   WRONG, 2.0 s, at most 2.0 s
        """,
        printed());
  }

  private String printed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    matrix.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Verdict says(String sentence, String schedule) {
    Trace trace = new Trace(List.of("main"), List.of(), schedule);
    return says(Finding.of(Kind.SAFETY, sentence).with(trace));
  }

  private static Verdict says(Finding finding) {
    CheckResult failed = new CheckResult(C1, Outcome.FAILED, Optional.of(finding), Duration.ZERO);
    return verdict(Status.REJECTED, List.of(failed));
  }

  private void addAllGood() {
    matrix.add(SECOND, verdict(Outcome.PASSED, Outcome.FAILED));
    matrix.add(STUB, verdict(Outcome.NOT_STARTED, Outcome.NOT_STARTED));
    matrix.add(REFERENCE, verdict(Outcome.PASSED, Outcome.PASSED));
    matrix.add(VARIANT, verdict(Outcome.PASSED, Outcome.PASSED));
    matrix.add(FIRST, verdict(Outcome.FAILED, Outcome.PASSED));
  }

  private static Verdict verdict(Outcome first, Outcome second) {
    List<CheckResult> results = new ArrayList<>();
    results.add(result(C1, first));
    results.add(result(C2, second));
    return verdict(Verdict.statusOf(results), results);
  }

  private static Verdict plain(Status status) {
    return verdict(status, List.of());
  }

  private static Verdict verdict(Status status, List<CheckResult> results) {
    Durations durations =
        new Durations(Duration.ofMillis(400), Duration.ofMillis(600), Duration.ofMillis(1_000));
    return new Verdict(COUNTER, status, results, Optional.empty(), durations, "");
  }

  private static CheckResult result(Check check, Outcome outcome) {
    Optional<Finding> finding =
        switch (outcome) {
          case FAILED ->
              Optional.of(
                  Finding.of(Kind.SAFETY, "an update was lost")
                      .at(new Where("src/Counter.java", 3))
                      .with(List.of("one", "two")));
          case INCONCLUSIVE -> Optional.of(Finding.of(Kind.INCONCLUSIVE, "too busy"));
          default -> Optional.empty();
        };
    return new CheckResult(check, outcome, finding, Duration.ZERO);
  }

  private static Check check(String id, int points) {
    return new Check(id, "It counts", points, 60, "toys.counter.CounterTest", "it_counts");
  }

  private static Specimen specimen(Role role, String name, String killer) {
    Optional<Mistake> mistake =
        Optional.ofNullable(killer).map(check -> new Mistake("X", check, "reference", "Why not?"));
    return new Specimen(role, COUNTER, name, Path.of(name), Path.of(name), mistake);
  }

  private static Exercise exercise(int points) {
    return new Exercise(
        "toys.counter",
        "1.1",
        "Counter",
        1,
        points,
        17,
        false,
        List.of(),
        Path.of("README.md"),
        List.of(),
        List.of(),
        List.of());
  }
}
