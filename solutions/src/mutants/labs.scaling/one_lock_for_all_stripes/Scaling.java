package labs.scaling;

import java.util.Arrays;
import threadmill.Clock;

/** Tells how well a program uses more threads: by medians and least squares. */
public final class Scaling {
  private Scaling() {}

  /** How many times as fast the workload is with each number of threads as with one. */
  public static double[] speedups(Workload workload, int[] threads, int repeats, Clock clock) {
    double alone = time(workload, 1, repeats, clock);
    double[] speedups = new double[threads.length];
    for (int i = 0; i < threads.length; i++) {
      speedups[i] = alone / time(workload, threads[i], repeats, clock);
    }
    return speedups;
  }

  private static double time(Workload workload, int threads, int repeats, Clock clock) {
    double[] times = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      long begin = clock.nanos();
      workload.run(threads);
      times[i] = clock.nanos() - begin;
    }
    Arrays.sort(times);
    return times[repeats / 2];
  }

  /**
   * The serial fraction f. By Amdahl 1/s = f + (1 - f)/n, so 1/s - 1/n = f (1 - 1/n): a line
   * through the origin.
   */
  public static double serialFraction(int[] threads, double[] speedups) {
    double products = 0;
    double squares = 0;
    for (int i = 0; i < threads.length; i++) {
      double x = 1 - 1.0 / threads[i];
      double y = 1 / speedups[i] - 1.0 / threads[i];
      products += x * y;
      squares += x * x;
    }
    return products / squares;
  }

  /** The number of threads from which on more of them gain less than asked for. */
  public static int knee(int[] threads, double[] speedups, double minGain) {
    int i = 0;
    while (i + 1 < threads.length && speedups[i + 1] >= speedups[i] * (1 + minGain)) {
      i++;
    }
    return threads[i];
  }
}
