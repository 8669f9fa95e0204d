package bench.speed;

import bench.peer.Exploring;
import bench.programs.Scenes;
import java.util.Arrays;
import threadmill.explore.Explorer;

/**
 * What a verdict costs as threads (2-5) and operations of each (1-6) grow: schedules at most,
 * repetitions. Prints a line for each point: threads, operations, seconds, schedules, whether that
 * is every interleaving. The search is done once before it is measured.
 */
public final class Cost {
  private Cost() {}

  public static void main(String[] args) {
    int budget = Integer.parseInt(args[0]);
    int times = Integer.parseInt(args[1]);
    measure(2, 2, budget);
    for (int threads = 2; threads <= 5; threads++) {
      for (int operations = 1; operations <= 6; operations++) {
        double[] seconds = new double[times];
        Explorer.Result result = null;
        for (int i = 0; i < times; i++) {
          long start = System.nanoTime();
          result = measure(threads, operations, budget);
          seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        System.out.printf(
            "COST\t%d\t%d\t%s\t%d\t%b%n",
            threads, operations, seconds[times / 2], result.schedules(), result.complete());
      }
    }
  }

  private static Explorer.Result measure(int threads, int operations, int budget) {
    Explorer.Result result =
        Exploring.explorer()
            .explore(
                Scenes.class.getName(),
                "count",
                Arrays.asList(null, threads, operations),
                budget,
                1);
    if (result.finding().isPresent()) {
      throw new IllegalStateException(result.finding().get().toString());
    }
    return result;
  }
}
