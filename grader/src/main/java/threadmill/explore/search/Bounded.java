package threadmill.explore.search;

import java.util.ArrayList;
import java.util.List;
import threadmill.explore.sim.World;

/**
 * Every interleaving with at most so many preemptions (iterative context bounding; Musuvathi &amp;
 * Qadeer, PLDI 2007). A thread is preempted only before an operation at a place where threads have
 * met: elsewhere the switch can as well come later.
 */
public final class Bounded implements Systematic {
  private static final class Node {
    private final long allowed;
    private final long free;
    private final int spent;
    private final int alternatives;
    private long done;
    private int chosen;

    Node(long allowed, long free, int spent, int alternatives, int chosen) {
      this.allowed = allowed;
      this.free = free;
      this.spent = spent;
      this.alternatives = alternatives;
      this.chosen = chosen;
    }

    int spentAfter() {
      return spent + (Policy.isIn(free, chosen) ? 0 : 1);
    }
  }

  private final int bound;
  private final List<Node> path = new ArrayList<>();
  private int depth;
  private int spent;

  public Bounded(int bound) {
    this.bound = bound;
  }

  @Override
  public int next(World world, long enabled, int current) {
    if (depth < path.size()) {
      Node node = path.get(depth++);
      spent = node.spentAfter();
      return Policy.isIn(enabled, node.chosen)
          ? node.chosen
          : Policy.usual(world, enabled, current);
    }
    int usual = Policy.usual(world, enabled, current);
    boolean goesOn = Policy.isIn(enabled, current) && !world.isTired(current) && !world.isLinedUp();
    long free = goesOn ? 1L << current : enabled;
    long allowed =
        goesOn && (spent >= bound || !world.mayConflict(current)) ? 1L << current : enabled;
    Node node = new Node(allowed, free, spent, 0, usual);
    path.add(node);
    depth++;
    return usual;
  }

  @Override
  public int choose(World world, int alternatives) {
    if (depth < path.size()) {
      return Math.min(path.get(depth++).chosen, alternatives - 1);
    }
    path.add(new Node(0, -1, spent, alternatives, 0));
    depth++;
    return 0;
  }

  @Override
  public boolean advance(World world) {
    depth = 0;
    spent = 0;
    while (!path.isEmpty()) {
      Node node = path.get(path.size() - 1);
      if (node.alternatives > 0) {
        if (++node.chosen < node.alternatives) {
          return true;
        }
      } else {
        node.done |= 1L << node.chosen;
        long todo = node.allowed & ~node.done;
        if (todo != 0) {
          node.chosen = Long.numberOfTrailingZeros(todo);
          return true;
        }
      }
      path.remove(path.size() - 1);
    }
    return false;
  }
}
