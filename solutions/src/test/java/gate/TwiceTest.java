package gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import threadmill.kit.Kit;
import threadmill.kit.Specimen;
import threadmill.model.Exercise;
import threadmill.proof.Twice;
import threadmill.run.Grader;

/** A sample of what {@code ./threadmill dev twice} asks of all specimens. */
class TwiceTest {
  private static final int SHARE = 3;

  /** One mutant of each exercise, most of them rejected by something that was measured. */
  private static final Set<String> SAMPLE =
      Set.of(
          "runs_in_a_thread",
          "decodes_piece_by_piece",
          "restarts_at_once",
          "two_short_locks",
          "in_the_heap",
          "by_chance",
          "stop_is_used_up",
          "tickets_sold_below_nothing",
          "swaps_all_the_time",
          "interrupted_waiter_spins",
          "unsynchronized_try",
          "unlock_between_check_and_act",
          "everybody_runs_the_action",
          "one_lock_for_both",
          "a_thread_for_each_task",
          "checks_before_it_locks",
          "waiter_wants_two_at_the_table",
          "looks_after_they_have_ended",
          "both_sides_in_one_thread",
          "one_stripe_for_all",
          "one_queue_for_both");

  @Test
  void a_mutant_of_every_third_exercise_is_told_the_same_on_an_idle_machine_and_on_a_busy_one()
      throws Exception {
    Kit kit = Kit.find(Path.of(""));
    Set<String> asked = new HashSet<>();
    int jobs = Runtime.getRuntime().availableProcessors() + 1;
    Twice twice = new Twice(kit, Grader.of(kit), jobs, System.out);
    List<Exercise> some = new ArrayList<>();
    // On each JDK others.
    for (int i = Runtime.version().feature() % SHARE; i < kit.exercises().size(); i += SHARE) {
      some.add(kit.exercises().get(i));
    }
    List<String> faults = twice.faults(some, specimen -> isSample(specimen, asked), true);
    assertEquals(List.of(), faults);
    assertEquals(some.size(), asked.size(), "exercises of which a mutant was asked");
  }

  private static boolean isSample(Specimen specimen, Set<String> exercises) {
    return SAMPLE.contains(specimen.name()) && exercises.add(specimen.exercise().id());
  }
}
