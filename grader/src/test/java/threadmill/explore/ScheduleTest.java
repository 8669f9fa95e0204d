package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import threadmill.explore.search.Schedule;

class ScheduleTest {
  @Property(tries = 200)
  void a_schedule_is_read_as_it_was_written(
      @ForAll @IntRange(max = 9) int deviations,
      @ForAll List<@IntRange(max = 59) Integer> decisions,
      @ForAll boolean inTurn) {
    Schedule schedule =
        new Schedule(deviations, List.of("5ac3", "p1o0k3fa2im1", "w1f"), decisions, inTurn);
    assertEquals(schedule, Schedule.parse(schedule.toString()));
  }

  @Test
  void equal_decisions_in_a_row_are_counted() {
    assertEquals("x1-0-2n5-1", new Schedule(1, List.of(), List.of(0, 2, 2, 2, 2, 2, 1)).toString());
  }

  @Test
  void what_is_no_schedule_is_refused_with_its_place() {
    assertEquals(
        "a schedule begins with x or t and a digit, as in x0-1n3-0; this one begins with hello",
        assertThrows(IllegalArgumentException.class, () -> Schedule.parse("hello")).getMessage());
    assertEquals(
        "part 2 of the schedule is no decision: 1m3",
        assertThrows(IllegalArgumentException.class, () -> Schedule.parse("x0-1-1m3"))
            .getMessage());
  }
}
