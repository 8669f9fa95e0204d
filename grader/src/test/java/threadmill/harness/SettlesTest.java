package threadmill.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import threadmill.model.Finding;
import threadmill.model.Kind;

/** Asking again and again: of what comes, of what never comes, and of who does not answer. */
class SettlesTest {
  private static final String CALL = "status()";
  private static final String OTHERWISE = "it should have noticed";

  private final Crew crew = new Crew();
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void dismiss() {
    crew.close();
  }

  @Test
  void an_answer_as_wanted_is_returned_and_not_asked_for_again() {
    assertEquals("up", settles(() -> "up"));
    assertEquals(1, asked.get());
  }

  @Test
  void an_answer_that_changes_is_asked_for_until_it_is_as_wanted() {
    assertEquals("up", settles(() -> asked.get() < 5 ? "down" : "up"));
    assertEquals(5, asked.get());
  }

  @Test
  void what_a_thread_of_the_scenario_is_about_to_notice_is_waited_for() {
    CountDownLatch seen = new CountDownLatch(1);
    CountDownLatch noticed = new CountDownLatch(1);
    crew.does(
        "notice()",
        () -> {
          seen.await();
          noticed.countDown();
        });
    String answer =
        settles(
            () -> {
              seen.countDown();
              return noticed.getCount() == 0 ? "up" : "down";
            });
    assertEquals("up", answer);
  }

  @Test
  void an_answer_that_never_comes_breaks_the_contract_and_the_last_one_is_shown() {
    Finding finding = failure(() -> "down");
    assertEquals(Kind.CONTRACT, finding.kind());
    assertEquals(OTHERWISE, finding.sentence());
    assertEquals(List.of("status() says \"down\", and nothing moves any more"), finding.evidence());
    assertTrue(asked.get() > 1);
  }

  @Test
  void a_question_that_is_never_answered_is_stuck() {
    Finding finding = failure(SettlesTest::waitForever);
    assertEquals(Kind.STUCK, finding.kind());
    assertEquals(
        "status() should return because nothing holds it up, but it waits for ever",
        finding.sentence());
  }

  @Test
  void an_earlier_answer_does_not_hide_a_question_that_is_never_answered() {
    Finding finding = failure(() -> asked.get() < 3 ? "down" : waitForever());
    assertEquals(Kind.STUCK, finding.kind());
    assertEquals(3, asked.get());
  }

  @Test
  void a_question_that_ends_with_an_exception_is_a_crash() {
    Finding finding =
        failure(
            () -> {
              throw new IllegalStateException("no status");
            });
    assertEquals(Kind.CRASH, finding.kind());
    assertEquals(1, asked.get());
  }

  private static String waitForever() throws InterruptedException {
    new CountDownLatch(1).await();
    return "never";
  }

  private String settles(Callable<String> status) {
    Callable<String> question =
        () -> {
          asked.incrementAndGet();
          return status.call();
        };
    return crew.settles(CALL, question, "up"::equals, OTHERWISE);
  }

  private Finding failure(Callable<String> status) {
    return assertThrows(Failure.class, () -> settles(status)).finding();
  }
}
