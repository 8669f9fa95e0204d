package labs.poolsizer;

import static threadmill.Todo.todo;

import java.time.Duration;
import threadmill.Clock;

/** Says how many threads a pool should have. */
public final class PoolSizer {
  /** What holds tasks up. */
  public enum Kind {
    CPU_BOUND,
    MIXED,
    IO_BOUND
  }

  private PoolSizer() {}

  /** The size that keeps all cores busy, for tasks that compute and wait so long. */
  public static int recommend(int cores, Duration cpuPerTask, Duration waitPerTask) {
    // TODO
    throw todo();
  }

  /** Tries each size so many times, and takes the median. */
  public static Sweep sweep(Workload workload, int[] sizes, int repeats, Clock clock) {
    // TODO
    throw todo();
  }

  /** The smallest size whose throughput is within the tolerance of the best. */
  public static int best(Sweep sweep, double tolerance) {
    // TODO
    throw todo();
  }

  /** What holds the tasks of a sweep up, on a machine with so many cores. */
  public static Kind classify(Sweep sweep, int cores) {
    // TODO
    throw todo();
  }
}
