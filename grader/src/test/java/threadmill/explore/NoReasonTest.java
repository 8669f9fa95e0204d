package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import programs.NoReason;

/** What the specifications allow to happen for no reason happens, and right programs bear it. */
class NoReasonTest {
  private static final int BUDGET = 300;

  @TestFactory
  Stream<DynamicTest> what_may_happen_for_no_reason_is_tried() {
    return KnownProgramsTest.scenarios(NoReason.class)
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      Explorer.Result result =
                          Programs.explorer()
                              .explore(NoReason.class.getName(), name, List.of(), BUDGET, 1);
                      String told = result.finding().map(f -> f.kind().name()).orElse("nothing");
                      String kind = name.substring(name.lastIndexOf('_') + 1);
                      assertEquals(kind, told, () -> result.finding() + " " + name);
                    }));
  }
}
