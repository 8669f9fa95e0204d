package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import programs.Alike;

/** Chance, time, hashes and constants are the run's own: a schedule goes the same way again. */
class RunsAreAlikeTest {
  private static final int BUDGET = 300;

  @TestFactory
  Stream<DynamicTest> what_a_run_decides_by_chance_the_next_one_decides_alike() {
    return KnownProgramsTest.scenarios(Alike.class)
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      Explorer.Result result =
                          Programs.explorer()
                              .explore(Alike.class.getName(), name, List.of(), BUDGET, 1);
                      String told = result.finding().map(f -> f.kind().name()).orElse("nothing");
                      String kind = name.substring(name.lastIndexOf('_') + 1);
                      assertEquals(kind, told, () -> result.finding() + " " + name);
                    }));
  }
}
