package threadmill.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import threadmill.harness.Crew;
import threadmill.model.Finding;
import threadmill.model.Kind;

/** Nulls that a contract meets, here this test, in the words of the JVM. */
class NullResultTest {
  @Test
  void an_object_of_the_exercise_that_is_missing_is_named() {
    Prepared given = given(null);
    assertEquals(
        Optional.of("your code gave null where a Prepared is needed"), said(() -> given.problem()));
  }

  @Test
  void what_a_call_returned_is_needed() {
    try (Crew crew = new Crew()) {
      Callable<String> nothing = () -> null;
      assertEquals(
          Optional.of("a call of your code returned null where a result is needed"),
          said(() -> crew.answer("name()", nothing).length()));
    }
  }

  @Test
  void a_null_of_the_contracts_own_is_a_fault_of_the_check() {
    List<String> own = given(null);
    assertEquals(Optional.empty(), said(() -> own.size()));
    assertEquals(Optional.empty(), said(() -> given((NullResultTest) null).hashCode()));
  }

  private static <T> T given(T anything) {
    return anything;
  }

  private static Optional<String> said(Callable<?> use) {
    Throwable thrown = assertThrows(NullPointerException.class, use::call);
    Optional<Finding> finding = NullResult.finding(thrown, NullResultTest.class);
    finding.ifPresent(found -> assertEquals(Kind.CONTRACT, found.kind()));
    return finding.map(Finding::sentence);
  }
}
