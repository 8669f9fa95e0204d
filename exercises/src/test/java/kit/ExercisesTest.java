package kit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import threadmill.cli.StudentRun;
import threadmill.kit.KitException;
import threadmill.model.Verdict;

/** What {@code mvn test} runs: all exercises you have begun, or {@code -Dexercise=locks.semaphore}. */
class ExercisesTest {
  @TestFactory
  Stream<DynamicTest> exercises() {
    List<String> ids = property("exercise");
    try {
      return StudentRun.underMaven(Path.of(""), ids, property("check")).stream()
          .map(v -> DynamicTest.dynamicTest(v.exercise().id(), () -> mustNotFail(v)));
    } catch (KitException e) {
      return Stream.of(
          DynamicTest.dynamicTest(
              String.join(",", ids),
              () -> {
                throw withoutStack(new AssertionError(e.getMessage()));
              }));
    }
  }

  private static List<String> property(String name) {
    String value = Optional.ofNullable(System.getProperty(name)).orElse("");
    return value.isBlank() ? List.of() : List.of(value.trim().split("\\s*,\\s*"));
  }

  private static void mustNotFail(Verdict verdict) {
    switch (verdict.status()) {
      case PASSED -> {}
      case NOT_STARTED, IN_PROGRESS -> Assumptions.abort(verdict.status().words());
      default -> throw withoutStack(new AssertionError(
                  verdict.exercise().id() + ": " + verdict.status().words() + ", see above"));
    }
  }

  private static AssertionError withoutStack(AssertionError error) {
    error.setStackTrace(new StackTraceElement[0]);
    return error;
  }
}
