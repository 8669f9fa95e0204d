package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import programs.Litmus.Mode;
import threadmill.explore.search.DepthFirst;
import threadmill.explore.sim.Stage;
import threadmill.explore.sim.World;

/**
 * What reads may see in each access mode, as the Java memory model and "Using JDK 9 Memory Order
 * Modes" (Lea, 2018) allow. Load buffering is left out: a read never sees a write that comes later
 * in the run.
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
    "PLAIN, " + ALL_PAIRS
  })
  void store_buffering(Mode mode, String outcomes) {
    expect("store_buffering", mode, outcomes);
  }

  @ParameterizedTest
  @CsvSource({
    "VOLATILE, 00 01 11",
    "FENCED, 00 01 11",
    "ACQUIRE_RELEASE, 00 01 11",
    "OPAQUE, " + ALL_PAIRS,
    "PLAIN, " + ALL_PAIRS
  })
  void message_passing(Mode mode, String outcomes) {
    expect("message_passing", mode, outcomes);
  }

  @ParameterizedTest
  @CsvSource({
    "VOLATILE, 00 01 11",
    "ACQUIRE_RELEASE, 00 01 11",
    "OPAQUE, 00 01 11",
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
    "PLAIN, true"
  })
  void independent_reads_of_independent_writes(Mode mode, boolean mayDisagree) {
    Set<String> seen = outcomes("independent_reads_of_independent_writes", mode);
    assertEquals(mayDisagree, seen.contains("1010"), seen::toString);
  }

  private static void expect(String test, Mode mode, String outcomes) {
    assertEquals(new TreeSet<>(Arrays.asList(outcomes.split(" "))), outcomes(test, mode));
  }

  private static Set<String> outcomes(String test, Mode mode) {
    Stage stage = Programs.stage("programs.Litmus", test, Arrays.asList(null, mode));
    Set<String> seen;
    int version;
    do {
      Outcomes.take();
      version = stage.knowledge().version();
      DepthFirst search = new DepthFirst();
      boolean more = true;
      while (more && version == stage.knowledge().version()) {
        World world = stage.run(search, UNUSUAL);
        more = search.advance(world);
      }
      seen = Outcomes.take();
    } while (version != stage.knowledge().version());
    return seen;
  }
}
