package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import programs.Machine;
import threadmill.explore.search.DepthFirst;
import threadmill.explore.sim.Stage;
import threadmill.explore.sim.World;

/** Partial-order reduction loses no outcome: it is compared with brute force. */
class ReductionTest {
  private static final int MOST = 6_000;

  static int programs;
  static int skipped;
  static long reducedRuns;
  static long bruteRuns;

  @Property(tries = 1_500)
  void two_threads_end_in_the_same_states_with_and_without_reduction(
      @ForAll @Size(2) List<@Size(max = 4) List<Machine.Op>> programs) {
    compare(programs);
  }

  @Property(tries = 700)
  void three_threads_end_in_the_same_states_with_and_without_reduction(
      @ForAll @Size(3) List<@Size(max = 3) List<Machine.Op>> programs) {
    compare(programs);
  }

  static void compare(List<List<Machine.Op>> programs) {
    Stage stage =
        Programs.stage("programs.Machine", "run", java.util.Arrays.asList(null, programs));
    Outcomes.take();
    BruteForce brute = new BruteForce();
    int known = stage.knowledge().version();
    int runs = 0;
    boolean more = true;
    while (more && runs < MOST) {
      note(stage.run(brute, 0));
      runs++;
      more = brute.advance();
      if (known != stage.knowledge().version()) {
        // More of the program is visible now: from the beginning.
        known = stage.knowledge().version();
        brute = new BruteForce();
        more = true;
        Outcomes.take();
      }
    }
    Set<String> all = Outcomes.take();
    if (more) {
      skipped++;
      return;
    }
    DepthFirst reduced = new DepthFirst();
    int fewer = 0;
    do {
      World world = stage.run(reduced, 0);
      note(world);
      fewer++;
      more = reduced.advance(world);
    } while (more);
    assertEquals(known, stage.knowledge().version(), "something was learnt late");
    assertEquals(all, Outcomes.take(), () -> programs + " ends in other states");
    ReductionTest.programs++;
    reducedRuns += fewer;
    bruteRuns += runs;
  }

  private static void note(World world) {
    if (world.trouble() != null) {
      Outcomes.add(world.trouble().kind() + " " + world.trouble().sentence());
    }
  }
}
