package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import programs.Started;

/** Threads that a program or a class initializer starts, and what they die of. */
class StartedThreadsTest {
  private static final int BUDGET = 300;

  @TestFactory
  Stream<DynamicTest> what_becomes_of_threads_that_the_program_starts() {
    return KnownProgramsTest.scenarios(Started.class)
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      Explorer.Result result =
                          Programs.explorer()
                              .explore(Started.class.getName(), name, List.of(), BUDGET, 1);
                      String told = result.finding().map(f -> f.kind().name()).orElse("nothing");
                      String kind = name.substring(name.lastIndexOf('_') + 1);
                      assertEquals(kind, told, () -> result.finding() + " " + name);
                    }));
  }
}
