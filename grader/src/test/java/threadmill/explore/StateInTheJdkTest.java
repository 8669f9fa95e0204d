package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import programs.Kept;

/** What a program keeps in a buffer, a builder or a date is watched like its own fields. */
class StateInTheJdkTest {
  private static final int BUDGET = 300;

  @TestFactory
  Stream<DynamicTest> races_are_found_in_objects_of_the_jdk_and_right_uses_of_them_are_none() {
    return KnownProgramsTest.scenarios(Kept.class)
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      Explorer.Result result =
                          Programs.explorer()
                              .explore(Kept.class.getName(), name, List.of(), BUDGET, 1);
                      String told = result.finding().map(f -> f.kind().name()).orElse("nothing");
                      String kind = name.substring(name.lastIndexOf('_') + 1);
                      assertEquals(kind, told, () -> result.finding() + " " + name);
                    }));
  }
}
