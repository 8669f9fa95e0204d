package threadmill.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import threadmill.model.Check;
import threadmill.model.CheckResult;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Outcome;
import threadmill.model.Status;
import threadmill.model.Verdict;

class JudgeTest {
  private static final Check A = new Check("A", "a", 1, 10, "T", "a");
  private static final Check B = new Check("B", "b", 1, 10, "T", "b");

  private final Judge judge = new Judge(List.of(A, B));

  @Test
  void every_answer_with_its_nonce_in_order_is_a_pass() {
    judge.hear(passed(judge.ask(A)));
    judge.hear(passed(judge.ask(B)));
    assertEquals(List.of(Outcome.PASSED, Outcome.PASSED), outcomes());
  }

  @Test
  void a_missing_result_is_inconclusive_and_never_a_pass() {
    judge.hear(passed(judge.ask(A)));
    assertEquals(List.of(Outcome.PASSED, Outcome.INCONCLUSIVE), outcomes());
    assertEquals(Status.INCONCLUSIVE, Verdict.statusOf(judge.results()));
  }

  @Test
  void an_answer_with_a_made_up_nonce_spoils_the_whole_verdict() {
    judge.hear(passed(judge.ask(A)));
    judge.ask(B);
    judge.hear(passed("0123456789abcdef0123456789abcdef"));
    assertTampered();
  }

  @Test
  void the_same_answer_twice_is_tampering() {
    Wire.Answer answer = passed(judge.ask(A));
    judge.hear(answer);
    judge.hear(answer);
    assertTampered();
  }

  @Test
  void an_answer_before_its_question_is_tampering() {
    judge.hear(passed(Judge.freshNonce()));
    assertTampered();
  }

  @Test
  void an_answer_to_the_last_question_does_not_do_for_the_next_one() {
    String first = judge.ask(A);
    judge.conclude(Finding.of(Kind.CRASH, "gone"), Duration.ZERO);
    judge.ask(B);
    judge.hear(passed(first));
    assertTampered();
  }

  @Test
  void a_pass_that_brings_a_finding_is_tampering() {
    String nonce = judge.ask(A);
    Optional<Finding> finding = Optional.of(Finding.of(Kind.SAFETY, "odd"));
    judge.hear(new Wire.Answer(nonce, Outcome.PASSED, finding, 1, false));
    assertTampered();
  }

  @Test
  void a_failure_without_a_finding_is_tampering() {
    judge.hear(new Wire.Answer(judge.ask(A), Outcome.FAILED, Optional.empty(), 1, false));
    assertTampered();
  }

  @Test
  void a_check_is_asked_once() {
    judge.hear(passed(judge.ask(A)));
    assertThrows(IllegalStateException.class, () -> judge.ask(A));
  }

  @Test
  void a_check_nobody_expects_is_not_asked() {
    Check foreign = new Check("C", "c", 1, 10, "T", "c");
    assertThrows(IllegalStateException.class, () -> judge.ask(foreign));
  }

  @Test
  void only_an_inconclusive_result_may_be_asked_again() {
    judge.ask(A);
    judge.conclude(Finding.of(Kind.INCONCLUSIVE, "too busy"), Duration.ZERO);
    judge.reopen(A);
    assertEquals(List.of(A, B), judge.pending());
    judge.ask(A);
    judge.conclude(Finding.of(Kind.DEADLOCK, "stuck"), Duration.ZERO);
    judge.reopen(A);
    assertEquals(List.of(B), judge.pending());
  }

  @Test
  void nonces_do_not_repeat() {
    assertNotEquals(judge.ask(A), Judge.freshNonce());
  }

  private static Wire.Answer passed(String nonce) {
    return new Wire.Answer(nonce, Outcome.PASSED, Optional.empty(), 1, false);
  }

  private List<Outcome> outcomes() {
    return judge.results().stream().map(CheckResult::outcome).toList();
  }

  private void assertTampered() {
    assertTrue(judge.tampering().isPresent());
    judge
        .results()
        .forEach(r -> assertEquals(Kind.TAMPER, r.finding().orElseThrow().kind(), r.check().id()));
    assertEquals(Status.REJECTED, Verdict.statusOf(judge.results()));
  }
}
