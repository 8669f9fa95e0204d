package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import programs.Handlers;

/** Every exploration ends, whatever its threads are doing when a run is over. */
@Timeout(60)
class EndingTest {
  @TestFactory
  Stream<DynamicTest> a_run_may_end_while_a_thread_is_in_its_uncaught_exception_handler() {
    return KnownProgramsTest.scenarios(Handlers.class)
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      Explorer explorer = Programs.explorer().onPlatformThreads();
                      Explorer.Result result =
                          explorer.explore(Handlers.class.getName(), name, List.of(), 300, 1);
                      String found = result.finding().map(f -> f.kind().name()).orElse("nothing");
                      assertEquals(name.substring(name.lastIndexOf('_') + 1), found);
                    }));
  }

  @Test
  void a_thread_that_is_out_of_sight_for_good_ends_without_a_verdict() {
    Explorer explorer = Programs.explorer().onPlatformThreads().withPatience(500);
    Explorer.Result result = explorer.explore(Outside.class.getName(), "sleeps", List.of(), 300, 1);
    assertEquals(
        "INCONCLUSIVE the explorer cannot control A, which neither goes on nor ends",
        result.finding().map(f -> f.kind() + " " + f.sentence()).orElse("nothing"));
  }

  /** Not woven, so that nothing it does is seen. */
  static class Outside {
    void sleeps(Scenario s) {
      s.thread(
          "A",
          () -> {
            while (true) {
              LockSupport.park();
            }
          });
    }
  }
}
