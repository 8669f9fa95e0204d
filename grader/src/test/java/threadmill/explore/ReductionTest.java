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
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import programs.Machine.Op;
import threadmill.explore.search.DepthFirst;
import threadmill.explore.sim.Stage;
import threadmill.explore.sim.World;

/** Partial-order reduction loses no outcome: it is compared with brute force. */
class ReductionTest {
  private static final int MOST = 400;

  private static final List<List<Op>> THEMES =
      List.of(
          List.of(Op.WRITE_0, Op.READ_0, Op.CAS_0, Op.ADD_0, Op.READ_1, Op.WRITE_1),
          List.of(Op.WAIT_0, Op.NOTIFY_0, Op.NOTIFY_ALL_0, Op.PLAIN_0, Op.READ_0, Op.EXIT_0),
          List.of(Op.PARK, Op.UNPARK, Op.READ_0, Op.WRITE_0),
          List.of(Op.YIELD, Op.CAS_0, Op.READ_1, Op.WRITE_1, Op.WRITE_0),
          List.of(Op.ENTER_0, Op.ENTER_1, Op.EXIT_0, Op.EXIT_1, Op.PLAIN_0),
          List.of(Op.values()));

  /** What happens by itself or seldom. */
  private static final List<List<Op>> STRANGE =
      List.of(
          List.of(Op.SLEEP_1, Op.SLEEP_2, Op.TIME, Op.READ_0, Op.WRITE_0, Op.ENTER_1, Op.EXIT_1),
          List.of(Op.WAIT_1_MS, Op.WAIT_0, Op.NOTIFY_0, Op.TIME, Op.READ_0, Op.WRITE_0, Op.EXIT_0),
          List.of(Op.PARK_1_MS, Op.PARK_2_MS, Op.PARK, Op.UNPARK, Op.TIME, Op.WRITE_0, Op.READ_0),
          List.of(Op.INTERRUPT, Op.INTERRUPTED, Op.SLEEP_1, Op.PARK_1_MS, Op.PARK, Op.UNPARK),
          List.of(Op.INTERRUPT, Op.WAIT_0, Op.WAIT_1_MS, Op.NOTIFY_0, Op.INTERRUPTED, Op.EXIT_0),
          List.of(Op.UNTIL_WAITING, Op.PARK_1_MS, Op.WRITE_0, Op.READ_0, Op.WRITE_1, Op.READ_1),
          List.of(Op.UNTIL_WAITING, Op.SLEEP_1, Op.PARK, Op.UNPARK, Op.CAS_0, Op.READ_1, Op.ADD_1),
          List.of(Op.UNTIL_WAITING, Op.WAIT_1_MS, Op.ENTER_0, Op.EXIT_0, Op.NOTIFY_0, Op.READ_0),
          List.of(Op.READ_OPAQUE, Op.WRITE_OPAQUE, Op.READ_0, Op.WRITE_0, Op.WEAK_CAS_0),
          List.of(Op.values()));

  private static int programs;
  private static int skipped;

  @Property(seed = "1")
  void two_threads_end_in_the_same_states_with_and_without_reduction(
      @ForAll("two threads") List<List<Op>> programs) {
    compare("run", programs, 0);
  }

  @Property(seed = "1")
  void three_threads_end_in_the_same_states_with_and_without_reduction(
      @ForAll("three threads") List<List<Op>> programs) {
    compare("run", programs, 0);
  }

  @Property(seed = "1")
  void two_threads_that_time_chance_and_others_wake_end_alike(
      @ForAll("two strange threads") List<List<Op>> programs,
      @ForAll("rules") String rules,
      @ForAll @IntRange(max = 2) int unusual) {
    compare(rules, programs, unusual);
  }

  @Property(seed = "1")
  void three_threads_that_time_chance_and_others_wake_end_alike(
      @ForAll("three strange threads") List<List<Op>> programs,
      @ForAll("rules") String rules,
      @ForAll @IntRange(max = 1) int unusual) {
    compare(rules, programs, unusual);
  }

  @AfterContainer
  static void enough_programs_were_small_enough_for_brute_force() {
    assertTrue(programs > 400, programs + " compared, " + skipped + " skipped");
  }

  @Provide("two threads")
  Arbitrary<List<List<Op>>> twoThreads() {
    return programs(THEMES, 2, 4);
  }

  @Provide("three threads")
  Arbitrary<List<List<Op>>> threeThreads() {
    return programs(THEMES, 3, 2);
  }

  @Provide("two strange threads")
  Arbitrary<List<List<Op>>> twoStrangeThreads() {
    return programs(STRANGE, 2, 3);
  }

  @Provide("three strange threads")
  Arbitrary<List<List<Op>>> threeStrangeThreads() {
    return programs(STRANGE, 3, 2);
  }

  @Provide
  Arbitrary<String> rules() {
    return Arbitraries.of("run", "strangely", "exactly");
  }

  /** Programs whose operations have to do with each other. */
  private static Arbitrary<List<List<Op>>> programs(
      List<List<Op>> themes, int threads, int longest) {
    return Arbitraries.of(themes)
        .flatMap(
            theme ->
                Arbitraries.of(theme)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(longest)
                    .map(ops -> beginning(theme, ops))
                    .list()
                    .ofSize(threads));
  }

  /** Whoever waits on a monitor is in it; whoever waits for another to wait does so at first. */
  private static List<Op> beginning(List<Op> theme, List<Op> operations) {
    Op first = theme.contains(Op.UNTIL_WAITING) ? Op.UNTIL_WAITING : Op.ENTER_0;
    List<Op> result = new ArrayList<>(operations);
    if (first == Op.UNTIL_WAITING || theme.contains(Op.WAIT_0)) {
      result.add(0, first);
    }
    return result;
  }

  private static void compare(String rules, List<List<Op>> programs, int unusual) {
    Stage stage = Programs.stage("programs.Machine", rules, Arrays.asList(null, programs));
    Outcomes.take();
    BruteForce brute = new BruteForce();
    int known = stage.knowledge().version();
    int runs = 0;
    boolean more = true;
    while (more && runs < MOST) {
      note(stage.run(brute, unusual));
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
      World world = stage.run(reduced, unusual);
      note(world);
      more = reduced.advance(world);
    } while (more);
    assertEquals(known, stage.knowledge().version(), "something was learnt late");
    assertEquals(
        all,
        Outcomes.take(),
        () -> rules + " " + unusual + " " + programs + " ends in other states");
    ReductionTest.programs++;
  }

  private static void note(World world) {
    if (world.trouble() != null) {
      Outcomes.add(world.trouble().kind() + " " + world.trouble().sentence());
    }
  }
}
