package labs.poolsizer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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
    if (waitPerTask.isZero()) {
      return cores;
    }
    if (cpuPerTask.isZero()) {
      return MOST_PER_CORE * cores;
    }
    BigDecimal cpu = BigDecimal.valueOf(cpuPerTask.toNanos());
    BigDecimal both = cpu.add(BigDecimal.valueOf(waitPerTask.toNanos()));
    BigDecimal size = both.multiply(BigDecimal.valueOf(cores)).divide(cpu, 0, RoundingMode.HALF_UP);
    return size.min(BigDecimal.valueOf(MOST_PER_CORE * (long) cores)).intValueExact();
  }

  /** Tries each size so many times, and takes the median. */
  public static Sweep sweep(Workload workload, int[] sizes, int repeats, Clock clock) {
    // All sizes in each round: what disturbs the machine for a while disturbs all of them.
    long[][] times = new long[sizes.length][repeats];
    for (int round = 0; round < repeats; round++) {
      for (int i = 0; i < sizes.length; i++) {
        times[i][round] = -clock.nanos();
        workload.run(sizes[i]);
        times[i][round] += clock.nanos();
      }
    }
    double[] throughput =
        Arrays.stream(times)
            .mapToDouble(t -> LongStream.of(t).sorted().skip(repeats / 2).findFirst().orElseThrow())
            .map(median -> workload.tasks() / (median / 1e9))
            .toArray();
    return new Sweep(sizes, throughput);
  }

  /** The smallest size whose throughput is within the tolerance of the best. */
  public static int best(Sweep sweep, double tolerance) {
    double[] all = sweep.throughput();
    double enough = (1 - tolerance) * DoubleStream.of(all).max().orElseThrow();
    return IntStream.range(0, all.length)
        .filter(i -> all[i] >= enough)
        .map(i -> sweep.sizes()[i])
        .min()
        .orElseThrow();
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
