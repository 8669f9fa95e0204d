package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import programs.Locking.Op;
import threadmill.explore.search.DepthFirst;
import threadmill.explore.sim.Chooser;
import threadmill.explore.sim.Stage;
import threadmill.explore.sim.World;

/**
 * What stands in for the JDK's locks shows what the JDK's own code shows, step by step: all that it
 * can do, and nothing else. And reduction loses none of it.
 */
class ModelsTest {
  private static final int MOST = 300;
  private static final Explorer STEPPED = Programs.explorer().withoutModels();

  private static final List<List<Op>> THEMES =
      List.of(
          List.of(Op.LOCK, Op.UNLOCK, Op.PLAIN, Op.TRY_LOCK, Op.IS_LOCKED),
          List.of(Op.LOCK, Op.UNLOCK, Op.TRY_LOCK_1_MS, Op.PLAIN, Op.TIME),
          List.of(Op.LOCK_INTERRUPTIBLY, Op.UNLOCK, Op.INTERRUPT, Op.INTERRUPTED, Op.LOCK),
          List.of(Op.LOCK, Op.AWAIT, Op.SIGNAL, Op.SIGNAL_ALL, Op.UNLOCK, Op.PLAIN),
          List.of(Op.LOCK, Op.AWAIT, Op.AWAIT_1_MS, Op.SIGNAL, Op.INTERRUPT, Op.INTERRUPTED),
          List.of(Op.LOCK, Op.AWAIT_UNINTERRUPTIBLY, Op.SIGNAL, Op.INTERRUPT, Op.INTERRUPTED),
          List.of(Op.LOCK, Op.UNLOCK, Op.PARK, Op.UNPARK),
          List.of(Op.UNTIL_WAITING, Op.LOCK, Op.LOCK_INTERRUPTIBLY, Op.UNLOCK, Op.INTERRUPT),
          List.of(Op.UNTIL_WAITING, Op.LOCK, Op.UNLOCK, Op.PARK, Op.UNPARK),
          List.of(Op.ACQUIRE, Op.RELEASE, Op.TRY_ACQUIRE, Op.PERMITS),
          List.of(Op.ACQUIRE, Op.ACQUIRE_2, Op.RELEASE, Op.DRAIN),
          List.of(Op.ACQUIRE, Op.RELEASE, Op.TRY_ACQUIRE_1_MS, Op.TIME),
          List.of(Op.ACQUIRE, Op.RELEASE, Op.INTERRUPT, Op.INTERRUPTED, Op.UNTIL_WAITING),
          List.of(Op.ACQUIRE_UNINTERRUPTIBLY, Op.RELEASE, Op.INTERRUPT, Op.INTERRUPTED),
          List.of(Op.ACQUIRE, Op.RELEASE, Op.PARK, Op.UNPARK, Op.UNTIL_WAITING),
          List.of(Op.AWAIT_ZERO, Op.COUNT_DOWN, Op.COUNT),
          List.of(Op.AWAIT_ZERO, Op.AWAIT_ZERO_1_MS, Op.COUNT_DOWN, Op.INTERRUPT, Op.INTERRUPTED));

  private static int compared;
  private static int skipped;

  @Property(seed = "1")
  void two_threads(
      @ForAll("two threads") List<List<Op>> programs,
      @ForAll("rules") String rules,
      @ForAll @IntRange(max = 1) int unusual) {
    compare(rules, programs, unusual);
  }

  @Property(seed = "1")
  void three_threads(
      @ForAll("three threads") List<List<Op>> programs, @ForAll("rules") String rules) {
    compare(rules, programs, 0);
  }

  @AfterContainer
  static void enough_programs_were_small_enough() {
    assertTrue(compared > 100, compared + " compared, " + skipped + " skipped");
  }

  @Provide("two threads")
  Arbitrary<List<List<Op>>> twoThreads() {
    return programs(2, 4);
  }

  @Provide("three threads")
  Arbitrary<List<List<Op>>> threeThreads() {
    return programs(3, 2);
  }

  @Provide
  Arbitrary<String> rules() {
    return Arbitraries.of("run", "fairly", "exactly");
  }

  private static Arbitrary<List<List<Op>>> programs(int threads, int longest) {
    return Arbitraries.of(THEMES)
        .flatMap(
            theme ->
                Arbitraries.of(theme)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(longest)
                    .list()
                    .ofSize(threads));
  }

  private static void compare(String rules, List<List<Op>> programs, int unusual) {
    Optional<Set<String>> stepped = outcomes(STEPPED, rules, programs, unusual, false);
    Optional<Set<String>> modelled = outcomes(Programs.explorer(), rules, programs, unusual, false);
    Optional<Set<String>> unreduced = outcomes(Programs.explorer(), rules, programs, unusual, true);
    String which = rules + " " + unusual + " " + programs;
    if (modelled.isPresent() && unreduced.isPresent()) {
      assertEquals(unreduced, modelled, () -> which + ": by brute force, and with reduction");
    }
    if (modelled.isPresent() && stepped.isPresent()) {
      assertEquals(stepped, modelled, () -> which + ": the JDK's own code, and the models");
      compared++;
    } else {
      skipped++;
    }
  }

  /** All ends of a program, or nothing if there are too many ways to them. */
  private static Optional<Set<String>> outcomes(
      Explorer explorer, String rules, List<List<Op>> programs, int unusual, boolean brute) {
    Stage stage = explorer.stage("programs.Locking", rules, Arrays.asList(null, programs));
    for (int version = -1; version != stage.knowledge().version(); ) {
      version = stage.knowledge().version();
      Outcomes.take();
      BruteForce all = new BruteForce();
      DepthFirst reduced = new DepthFirst();
      Chooser chooser = brute ? all : reduced;
      boolean more = true;
      for (int runs = 0; more; runs++) {
        if (runs == MOST) {
          Outcomes.take();
          return Optional.empty();
        }
        World world = stage.run(chooser, unusual);
        if (world.trouble() != null) {
          Outcomes.add(world.trouble().kind() + " " + world.trouble().sentence());
        }
        more = brute ? all.advance() : reduced.advance(world);
      }
    }
    return Optional.of(Outcomes.take());
  }
}
