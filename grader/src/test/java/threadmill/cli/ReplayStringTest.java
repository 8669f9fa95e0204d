package threadmill.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import threadmill.kit.KitException;

class ReplayStringTest {
  @ParameterizedTest
  @ValueSource(strings = {"x0", "x1.5ac3.w1f-0-2n5-1", "t0"})
  void every_kind_of_schedule_that_a_finding_names_can_be_replayed(String schedule) {
    assertEquals(
        new ReplayString("locks.mutex", "X1", schedule),
        ReplayString.parse("locks.mutex:X1:" + schedule));
  }

  @Test
  void what_is_no_schedule_is_refused_with_its_place() {
    assertEquals(
        "'locks.mutex:X1:x0-1-1m3' is nothing to replay: part 2 of the schedule is no decision: 1m3",
        refusal("locks.mutex:X1:x0-1-1m3"));
  }

  @Test
  void what_has_not_three_parts_is_told_which_they_are() {
    assertEquals(
        "'locks.mutex:X1' is nothing to replay: it must be an exercise, a check and a schedule, as"
            + " in locks.semaphore:X1:x0-1n3-2",
        refusal("locks.mutex:X1"));
  }

  private static String refusal(String text) {
    return assertThrows(KitException.class, () -> ReplayString.parse(text)).getMessage();
  }
}
