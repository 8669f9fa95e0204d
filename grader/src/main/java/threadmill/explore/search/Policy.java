package threadmill.explore.search;

import threadmill.explore.sim.World;

/** Who goes on when nothing else decides: the same thread, unless it has just tried in vain. */
final class Policy {
  private Policy() {}

  static int usual(World world, long candidates, int current) {
    if (isIn(candidates, current) && !world.isTired(current)) {
      return current;
    }
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 1; i <= Long.SIZE; i++) {
        int next = (current + i) % Long.SIZE;
        if (isIn(candidates, next) && (pass == 1 || !world.isTired(next))) {
          return next;
        }
      }
    }
    throw new IllegalArgumentException("nobody to choose from");
  }

  /** The next thread, whatever the last one did. */
  static int inTurn(long candidates, int current) {
    long later = candidates & -2L << current;
    return Long.numberOfTrailingZeros(later == 0 ? candidates : later);
  }

  static boolean isIn(long set, int thread) {
    return thread >= 0 && (set >> thread & 1) != 0;
  }
}
