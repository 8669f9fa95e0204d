package threadmill.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import programs.Machine.Op;
import threadmill.explore.search.DepthFirst;
import threadmill.explore.sim.Stage;
import threadmill.explore.sim.World;

/** The number of interleavings is known where no two orders mean the same, and where all do. */
class CountingTest {
  @ParameterizedTest
  @CsvSource({"1 1, 2", "2 2, 6", "3 2, 10", "1 1 1, 6", "2 1 1, 12", "2 2 1, 30", "3 3, 20"})
  void writes_of_one_place_come_in_as_many_orders_as_the_multinomial_says(
      String counts, int orders) {
    assertEquals(orders, runs(counts, Op.WRITE_0));
  }

  @ParameterizedTest
  @CsvSource({"1 1", "2 2", "3 3", "2 2 2"})
  void reads_of_one_place_come_in_one_order(String counts) {
    assertEquals(1, runs(counts, Op.READ_0));
  }

  private static int runs(String counts, Op op) {
    List<List<Op>> programs = new ArrayList<>();
    for (String count : counts.split(" ")) {
      programs.add(Collections.nCopies(Integer.parseInt(count), op));
    }
    Stage stage = Programs.stage("programs.Machine", "run", Arrays.asList(null, programs));
    stage.run(new DepthFirst(), 0);
    DepthFirst search = new DepthFirst();
    int runs = 0;
    boolean more = true;
    while (more) {
      World world = stage.run(search, 0);
      runs += world.isStopped() ? 0 : 1;
      more = search.advance(world);
    }
    return runs;
  }
}
