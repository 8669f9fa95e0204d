package threadmill.explore.search;

import threadmill.explore.sim.Chooser;
import threadmill.explore.sim.World;

/**
 * All threads in step: each does one operation, then the next one does. Whoever gives way to the
 * others as they give way to it meets them again in this schedule for ever.
 */
final class InTurn implements Chooser {
  @Override
  public int next(World world, long enabled, int current) {
    long later = enabled & -2L << current;
    return Long.numberOfTrailingZeros(later == 0 ? enabled : later);
  }

  @Override
  public int choose(World world, int alternatives) {
    return 0;
  }
}
