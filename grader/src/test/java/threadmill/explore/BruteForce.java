package threadmill.explore;

import java.util.ArrayList;
import java.util.List;
import threadmill.explore.sim.Chooser;
import threadmill.explore.sim.World;

/** Every interleaving without any reduction: what the explorer's search is compared with. */
final class BruteForce implements Chooser {
  private final List<long[]> path = new ArrayList<>();
  private int depth;

  @Override
  public int next(World world, long enabled, int current) {
    if (depth == path.size()) {
      path.add(new long[] {enabled, Long.numberOfTrailingZeros(enabled)});
    }
    return (int) path.get(depth++)[1];
  }

  @Override
  public int choose(World world, int alternatives) {
    return next(world, (1L << alternatives) - 1, 0);
  }

  /** Prepares the next run. */
  boolean advance() {
    depth = 0;
    while (!path.isEmpty()) {
      long[] node = path.get(path.size() - 1);
      long rest = node[0] & -1L << node[1] + 1;
      if (node[1] < 63 && rest != 0) {
        node[1] = Long.numberOfTrailingZeros(rest);
        return true;
      }
      path.remove(path.size() - 1);
    }
    return false;
  }
}
