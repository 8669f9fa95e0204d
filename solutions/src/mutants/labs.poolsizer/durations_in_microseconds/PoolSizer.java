// METHOD | rejected by R2 | Nothing that is worth a thread takes less than a microsecond.
package labs.poolsizer;

import java.time.Duration;
import java.util.Arrays;
import threadmill.Clock;

/** Says how many threads a pool should have: by the formula, and by trying. */
public final class PoolSizer {
  private static final int MOST_PER_CORE = 200;
  private static final double TOLERANCE = 0.1;

  /** What holds tasks up. */
  public enum Kind {
    CPU_BOUND,
    MIXED,
    IO_BOUND
  }

  private PoolSizer() {}

  /** The size that keeps all cores busy. */
  public static int recommend(int cores, Duration cpuPerTask, Duration waitPerTask) {
    double wait = waitPerTask.toNanos() / 1_000;
    double perCore = wait == 0 ? 1 : 1 + wait / (cpuPerTask.toNanos() / 1_000);
    return (int) Math.round(cores * Math.min(MOST_PER_CORE, perCore));
  }

  /** Tries each size so many times, and takes the median. */
  public static Sweep sweep(Workload workload, int[] sizes, int repeats, Clock clock) {
    double[] throughput = new double[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      double[] times = new double[repeats];
      for (int k = 0; k < repeats; k++) {
        long begin = clock.nanos();
        workload.run(sizes[i]);
        times[k] = clock.nanos() - begin;
      }
      Arrays.sort(times);
      throughput[i] = workload.tasks() * 1e9 / times[repeats / 2];
    }
    return new Sweep(sizes.clone(), throughput);
  }

  /** The smallest size whose throughput is within the tolerance of the best. */
  public static int best(Sweep sweep, double tolerance) {
    double most = Arrays.stream(sweep.throughput()).max().orElseThrow();
    for (int i = 0; i < sweep.sizes().length; i++) {
      if (sweep.throughput()[i] >= most * (1 - tolerance)) {
        return sweep.sizes()[i];
      }
    }
    throw new IllegalStateException();
  }

  /** What holds the tasks of a sweep up. */
  public static Kind classify(Sweep sweep, int cores) {
    int best = best(sweep, TOLERANCE);
    if (best <= cores) {
      return Kind.CPU_BOUND;
    }
    return best <= 4 * cores ? Kind.MIXED : Kind.IO_BOUND;
  }
}
