package gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import threadmill.kit.Kit;
import threadmill.proof.Gate;
import threadmill.run.Grader;

/** The gate of the kit, as {@code ./threadmill dev check} runs it. */
class GateTest {
  @Test
  void every_exercise_is_whole_and_every_specimen_gets_the_verdict_it_is_kept_for()
      throws Exception {
    Kit kit = Kit.find(Path.of(""));
    assertFalse(kit.exercises().isEmpty(), "the gate saw no exercise");
    // Most of the time goes by in waiting, so one more than there are cores.
    int jobs = Runtime.getRuntime().availableProcessors() + 1;
    Gate gate = new Gate(kit, Grader.of(kit), jobs, System.out);
    int repeat = Integer.getInteger("gate.repeat", 1);
    boolean underLoad = Boolean.getBoolean("gate.underLoad");
    boolean declared = !Boolean.getBoolean("gate.matrix");
    int share = Integer.getInteger("gate.share", 1);
    Gate.Plan plan = new Gate.Plan(List.of(), repeat, underLoad, declared, share);
    assertEquals(List.of(), gate.faults(kit.exercises(), plan));
  }
}
