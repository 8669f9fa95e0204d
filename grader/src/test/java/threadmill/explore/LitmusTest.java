package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import programs.Litmus.Mode;
import threadmill.explore.search.DepthFirst;
import threadmill.explore.sim.Stage;
import threadmill.explore.sim.World;

/**
 * What reads may see in each access mode, as the Java memory model and "Using JDK 9 Memory Order
 * Modes" (Lea, 2018) allow.
 */
class LitmusTest {
  private static final int UNUSUAL = 4;
  private static final String ALL_PAIRS = "00 01 10 11";

  @ParameterizedTest
  @CsvSource({
    "VOLATILE, 01 10 11",
    "FENCED, 01 10 11",
    "ACQUIRE_RELEASE, " + ALL_PAIRS,
    "OPAQUE, " + ALL_PAIRS,
    "RELEASE_VOLATILE, " + ALL_PAIRS,
    "OPAQUE_VOLATILE, " + ALL_PAIRS,
    "PLAIN, " + ALL_PAIRS
  })
  void store_buffering(Mode mode, String outcomes) {
    expect("store_buffering", mode, outcomes);
  }

  @ParameterizedTest
  @CsvSource({"VOLATILE, 01 10 11", "RELEASE_VOLATILE, 01 10 11", "OPAQUE_VOLATILE, 01 10 11"})
  void a_volatile_write_between_lets_no_store_wait(Mode mode, String outcomes) {
    expect("store_buffering_with_a_volatile_write_between", mode, outcomes);
  }

  @ParameterizedTest
  @EnumSource(names = {"VOLATILE", "ACQUIRE_RELEASE", "OPAQUE", "RELEASE_VOLATILE"})
  void what_one_has_seen_nobody_misses_who_hears_of_it(Mode mode) {
    expect("a_store_that_two_read", mode, "000 001 010 011 100 101 111");
  }

  @ParameterizedTest
  @CsvSource({
    "VOLATILE, 00 01 11",
    "FENCED, 00 01 11",
    "ACQUIRE_RELEASE, 00 01 11",
    "OPAQUE, " + ALL_PAIRS,
    "RELEASE_VOLATILE, 00 01 11",
    "OPAQUE_VOLATILE, " + ALL_PAIRS,
    "PLAIN, " + ALL_PAIRS
  })
  void message_passing(Mode mode, String outcomes) {
    expect("message_passing", mode, outcomes);
  }

  @ParameterizedTest
  @CsvSource({
    "VOLATILE, 00 01 10",
    "FENCED, 00 01 10",
    "ACQUIRE_RELEASE, 00 01 10",
    "OPAQUE, " + ALL_PAIRS,
    "RELEASE_VOLATILE, 00 01 10",
    "OPAQUE_VOLATILE, 00 01 10",
    "PLAIN, " + ALL_PAIRS
  })
  void load_buffering(Mode mode, String outcomes) {
    expect("load_buffering", mode, outcomes);
  }

  @ParameterizedTest
  @EnumSource
  void load_buffering_with_a_condition(Mode mode) {
    expect("load_buffering_with_a_condition", mode, "00 01 10");
  }

  @ParameterizedTest
  @EnumSource
  void no_value_comes_out_of_thin_air(Mode mode) {
    expect("out_of_thin_air", mode, "00");
  }

  @ParameterizedTest
  @EnumSource
  void what_one_run_makes_possible_does_not_come_out_of_thin_air_in_another(Mode mode) {
    expect("out_of_other_runs", mode, "000 001 101 111");
  }

  @ParameterizedTest
  @CsvSource({
    "VOLATILE, 00 01 11",
    "ACQUIRE_RELEASE, 00 01 11",
    "OPAQUE, 00 01 11",
    "RELEASE_VOLATILE, 00 01 11",
    "OPAQUE_VOLATILE, 00 01 11",
    "PLAIN, " + ALL_PAIRS
  })
  void coherence_of_reads(Mode mode, String outcomes) {
    expect("coherence_of_reads", mode, outcomes);
  }

  @ParameterizedTest
  @CsvSource({
    "VOLATILE, false",
    "FENCED, false",
    "ACQUIRE_RELEASE, true",
    "OPAQUE, true",
    "RELEASE_VOLATILE, false",
    "OPAQUE_VOLATILE, false",
    "PLAIN, true"
  })
  void independent_reads_of_independent_writes(Mode mode, boolean mayDisagree) {
    Set<String> seen = outcomes("independent_reads_of_independent_writes", mode);
    assertEquals(mayDisagree, seen.contains("1010"), seen::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "VOLATILE, false",
    "FENCED, false",
    "ACQUIRE_RELEASE, true",
    "OPAQUE, true",
    "RELEASE_VOLATILE, true",
    "OPAQUE_VOLATILE, true",
    "PLAIN, true"
  })
  void peterson_s_mutex_lets_two_in(Mode mode, boolean both) {
    Set<String> seen = outcomes("peterson", mode, 1);
    assertEquals(both, seen.contains("SAFETY"), seen::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "VOLATILE, false",
    "ACQUIRE_RELEASE, false",
    "OPAQUE, true",
    "RELEASE_VOLATILE, false",
    "OPAQUE_VOLATILE, true",
    "PLAIN, true"
  })
  void double_checked_locking_shows_half_an_object(Mode mode, boolean half) {
    Set<String> seen = outcomes("double_checked_locking", mode, 1);
    assertEquals(half, seen.contains("01") || seen.contains("10"), seen::toString);
  }

  private static void expect(String test, Mode mode, String outcomes) {
    assertEquals(new TreeSet<>(Arrays.asList(outcomes.split(" "))), outcomes(test, mode));
  }

  private static Set<String> outcomes(String test, Mode mode) {
    return outcomes(test, mode, UNUSUAL);
  }

  private static Set<String> outcomes(String test, Mode mode, int unusual) {
    Stage stage = Programs.stage("programs.Litmus", test, Arrays.asList(null, mode));
    Set<String> seen;
    int version;
    do {
      Outcomes.take();
      version = stage.knowledge().version();
      DepthFirst search = new DepthFirst();
      boolean more = true;
      while (more && version == stage.knowledge().version()) {
        World world = stage.run(search, unusual);
        more = search.advance(world);
        if (world.trouble() != null) {
          Outcomes.add(world.trouble().kind().name());
        }
      }
      seen = Outcomes.take();
    } while (stage.knowledge().publish() || version != stage.knowledge().version());
    return seen;
  }
}
