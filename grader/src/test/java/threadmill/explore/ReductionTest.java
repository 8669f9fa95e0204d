package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import programs.Machine.Op;
import threadmill.explore.search.DepthFirst;
import threadmill.explore.sim.Stage;
import threadmill.explore.sim.World;

/** Partial-order reduction loses no outcome: it is compared with brute force. */
class ReductionTest {
  private static final int MOST = 500;

  private static final List<List<Op>> THEMES =
      List.of(
          List.of(Op.WRITE_0, Op.READ_0, Op.CAS_0, Op.ADD_0, Op.READ_1, Op.WRITE_1),
          List.of(Op.WAIT_0, Op.NOTIFY_0, Op.NOTIFY_ALL_0, Op.PLAIN_0, Op.READ_0, Op.EXIT_0),
          List.of(Op.PARK, Op.UNPARK, Op.READ_0, Op.WRITE_0),
          List.of(Op.YIELD, Op.CAS_0, Op.READ_1, Op.WRITE_1, Op.WRITE_0),
          List.of(Op.ENTER_0, Op.ENTER_1, Op.EXIT_0, Op.EXIT_1, Op.PLAIN_0),
          List.of(Op.values()));

  private static int programs;
  private static int skipped;

  @Property(seed = "1")
  void two_threads_end_in_the_same_states_with_and_without_reduction(
      @ForAll("two threads") List<List<Op>> programs) {
    compare(programs);
  }

  @Property(seed = "1")
  void three_threads_end_in_the_same_states_with_and_without_reduction(
      @ForAll("three threads") List<List<Op>> programs) {
    compare(programs);
  }

  @AfterContainer
  static void enough_programs_were_small_enough_for_brute_force() {
    assertTrue(programs > 200, programs + " compared, " + skipped + " skipped");
  }

  @Provide("two threads")
  Arbitrary<List<List<Op>>> twoThreads() {
    return programs(2, 4);
  }

  @Provide("three threads")
  Arbitrary<List<List<Op>>> threeThreads() {
    return programs(3, 2);
  }

  /** Programs whose operations have to do with each other. */
  private static Arbitrary<List<List<Op>>> programs(int threads, int longest) {
    return Arbitraries.of(THEMES)
        .flatMap(
            theme ->
                Arbitraries.of(theme)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(longest)
                    .map(ops -> theme.contains(Op.WAIT_0) ? inTheMonitor(ops) : ops)
                    .list()
                    .ofSize(threads));
  }

  private static List<Op> inTheMonitor(List<Op> operations) {
    List<Op> result = new ArrayList<>(List.of(Op.ENTER_0));
    result.addAll(operations);
    return result;
  }

  static void compare(List<List<Op>> programs) {
    Stage stage = Programs.stage("programs.Machine", "run", Arrays.asList(null, programs));
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
    do {
      World world = stage.run(reduced, 0);
      note(world);
      more = reduced.advance(world);
    } while (more);
    assertEquals(known, stage.knowledge().version(), "something was learnt late");
    assertEquals(all, Outcomes.take(), () -> programs + " ends in other states");
    ReductionTest.programs++;
  }

  private static void note(World world) {
    if (world.trouble() != null) {
      Outcomes.add(world.trouble().kind() + " " + world.trouble().sentence());
    }
  }
}
