package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import programs.Patient;
import programs.Right;
import programs.Wrong;

/** Right programs are never complained of, wrong ones are found for what they are. */
class KnownProgramsTest {
  /** {@code -Dschedules=10000} for the long run. */
  private static final int BUDGET = Integer.getInteger("schedules", 1_000);

  @TestFactory
  Stream<DynamicTest> nothing_is_found_in_a_right_program() {
    return Stream.of(Right.class, Patient.class)
        .flatMap(type -> scenarios(type).map(name -> nothingIsFound(type, name)));
  }

  private static DynamicTest nothingIsFound(Class<?> type, String name) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Explorer.Result result = explore(type, name);
          assertEquals("nothing", told(result), () -> result.finding() + " " + name);
        });
  }

  @TestFactory
  Stream<DynamicTest> what_is_wrong_is_found_and_named() {
    return scenarios(Wrong.class)
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      Explorer.Result result = explore(Wrong.class, name);
                      String kind = name.substring(name.lastIndexOf('_') + 1);
                      assertEquals(kind, told(result), () -> result.finding() + " " + name);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> a_finding_is_the_same_on_platform_threads_and_its_schedule_shows_it_again() {
    return scenarios(Wrong.class)
        .filter(name -> !name.endsWith("INCONCLUSIVE"))
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      Explorer.Result first = explore(Wrong.class, name);
                      Explorer.Result second =
                          Programs.explorer()
                              .onPlatformThreads()
                              .explore(Wrong.class.getName(), name, List.of(), BUDGET, 1);
                      assertEquals(first.finding(), second.finding());
                      assertEquals(first.schedule(), second.schedule());
                      Explorer.Result again =
                          Programs.explorer()
                              .replay(
                                  Wrong.class.getName(),
                                  name,
                                  List.of(),
                                  first.schedule().orElseThrow());
                      assertEquals(first.finding(), again.finding());
                    }));
  }

  private static String told(Explorer.Result result) {
    return result.finding().map(f -> f.kind().name()).orElse("nothing");
  }

  private static Explorer.Result explore(Class<?> type, String name) {
    return Programs.explorer().explore(type.getName(), name, List.of(), BUDGET, 1);
  }

  static Stream<String> scenarios(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .filter(
            m -> List.of(m.getParameterTypes()).equals(List.of(Scenario.class)) && !m.isSynthetic())
        .map(Method::getName)
        .sorted(Comparator.naturalOrder());
  }
}
