package threadmill.explore.search;

import java.util.Arrays;
import java.util.Random;
import threadmill.explore.sim.Chooser;
import threadmill.explore.sim.Event;
import threadmill.explore.sim.World;

/** One schedule drawn at random. */
abstract class Sampler implements Chooser {
  private static final int UNUSUAL = 6;
  final Random random;

  Sampler(long seed) {
    random = new Random(seed);
  }

  /** The three kinds in turn. */
  static Sampler of(int number, long seed, int length) {
    long own = seed * 0x9E3779B97F4A7C15L + number * 0xBF58476D1CE4E5B9L;
    return switch (number % 3) {
      case 0 -> new PartialOrder(own);
      case 1 -> new Walk(own);
      default -> new Priorities(own, length);
    };
  }

  @Override
  public int choose(World world, int alternatives) {
    return random.nextInt(UNUSUAL) == 0 ? random.nextInt(alternatives) : 0;
  }

  /** Anybody, each time. */
  private static final class Walk extends Sampler {
    Walk(long seed) {
      super(seed);
    }

    @Override
    public int next(World world, long enabled, int current) {
      int skip = random.nextInt(Long.bitCount(enabled));
      long rest = enabled;
      for (int i = 0; i < skip; i++) {
        rest &= rest - 1;
      }
      return Long.numberOfTrailingZeros(rest);
    }
  }

  /**
   * Partial-order sampling (Yuan, Yang, Gu, CAV 2018): every pending operation has a random
   * priority, and those that race with what was done get a new one.
   */
  private static final class PartialOrder extends Sampler {
    private double[] priority = new double[8];

    PartialOrder(long seed) {
      super(seed);
    }

    @Override
    public int next(World world, long enabled, int current) {
      int best = -1;
      for (long rest = enabled; rest != 0; rest &= rest - 1) {
        int thread = Long.numberOfTrailingZeros(rest);
        if (priorityOf(thread) > (best < 0 ? -1 : priorityOf(best))) {
          best = thread;
        }
      }
      priority[best] = 0;
      return best;
    }

    private double priorityOf(int thread) {
      if (thread >= priority.length) {
        priority = Arrays.copyOf(priority, thread * 2);
      }
      if (priority[thread] == 0) {
        priority[thread] = random.nextDouble() + Double.MIN_VALUE;
      }
      return priority[thread];
    }

    @Override
    public void done(World world, Event event) {
      for (int thread = 0; thread < Math.min(priority.length, world.threadCount()); thread++) {
        if (thread != event.thread() && !world.isIndependent(event, thread)) {
          priority[thread] = 0;
        }
      }
    }
  }

  /**
   * Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, ASPLOS 2010):
   * the thread of highest priority runs; at a few random points it loses its rank.
   */
  private static final class Priorities extends Sampler {
    private static final int CHANGES = 3;
    private final int[] changes = new int[CHANGES];
    private double[] priority = new double[8];
    private int step;
    private double lowest;

    Priorities(long seed, int length) {
      super(seed);
      for (int i = 0; i < CHANGES; i++) {
        changes[i] = random.nextInt(Math.max(1, length));
      }
    }

    @Override
    public int next(World world, long enabled, int current) {
      int at = step++;
      boolean change = Arrays.stream(changes).anyMatch(c -> c == at);
      if (current < priority.length && (change || world.isTired(current))) {
        priority[current] = --lowest;
      }
      int best = -1;
      for (long rest = enabled; rest != 0; rest &= rest - 1) {
        int thread = Long.numberOfTrailingZeros(rest);
        if (thread >= priority.length) {
          priority = Arrays.copyOf(priority, thread * 2);
        }
        if (priority[thread] == 0) {
          priority[thread] = 1 + random.nextDouble();
        }
        if (best < 0 || priority[thread] > priority[best]) {
          best = thread;
        }
      }
      return best;
    }
  }
}
