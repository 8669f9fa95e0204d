package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import programs.Rare;
import programs.Right;

/** What is called every interleaving is every interleaving. */
class CoverageTest {
  private static final int BUDGET = 2_500;

  @TestFactory
  Stream<DynamicTest> what_one_schedule_in_thousands_shows_is_found() {
    return KnownProgramsTest.scenarios(Rare.class)
        .filter(name -> !name.startsWith("initializers"))
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      Explorer.Result result = explore(Rare.class, name);
                      String kind = name.substring(name.lastIndexOf('_') + 1);
                      String found = result.finding().map(f -> f.kind().name()).orElse("nothing");
                      assertEquals(kind, found, result::coverage);
                    }));
  }

  @Test
  void what_an_initializer_does_in_another_one_is_not_claimed_to_be_seen() {
    Explorer.Result result = explore(Rare.class, "initializers_that_wait_for_each_other");
    assertFalse(result.complete());
    assertEquals("every interleaving but those of class initializers", words(result));
  }

  @Test
  void what_may_happen_more_than_once_is_not_claimed_to_be_seen_whenever_it_may_happen() {
    Explorer.Result result = explore(Right.class, "condition");
    assertFalse(result.complete());
  }

  @Test
  void where_nothing_unusual_can_happen_every_interleaving_is_seen() {
    Explorer.Result result = explore(Right.class, "ticket_lock");
    assertTrue(result.complete());
    assertEquals("every interleaving", words(result));
  }

  private static String words(Explorer.Result result) {
    return result.coverage().replaceFirst(" \\(.*", "");
  }

  private static Explorer.Result explore(Class<?> type, String name) {
    return Programs.explorer().explore(type.getName(), name, List.of(), BUDGET, 1);
  }
}
