package threadmill.explore.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import threadmill.explore.sim.Event;
import threadmill.explore.sim.World;

/**
 * Every interleaving, one of each class of equivalent ones: dynamic partial-order reduction with
 * source sets and sleep sets (Abdulla, Aronis, Jonsson, Sagonas, "Optimal Dynamic Partial Order
 * Reduction", POPL 2014, algorithm 1), run after run from the beginning.
 */
public final class DepthFirst implements Systematic {
  /** A decision on the path: whose turn it is, or which of several things happens. */
  private static final class Node {
    /** The number of the event that was decided, or -1 if this is no choice of a thread. */
    private final int event;

    private final long enabled;
    private final long sleep;
    private final int alternatives;
    private final int moments;

    /** What each thread that was chosen here, or sleeps, saw and changed of what all have. */
    private final long[] sees = new long[Long.SIZE];

    private final long[] changes = new long[Long.SIZE];

    private long backtrack;
    private long done;
    private int chosen;

    Node(int event, long enabled, long sleep, int alternatives, int moments, int chosen) {
      this.event = event;
      this.moments = moments;
      this.enabled = enabled;
      this.sleep = sleep;
      this.alternatives = alternatives;
      this.chosen = chosen;
      this.backtrack = event < 0 ? 0 : 1L << chosen;
    }

    boolean isThread() {
      return event >= 0;
    }

    /** Remembers what the chosen thread did that its operation does not tell. */
    void learn(World world, int end) {
      for (int i = event; i < Math.min(end, world.count()); i++) {
        sees[chosen] |= world.event(i).sees();
        changes[chosen] |= world.event(i).changes();
      }
    }
  }

  private final List<Node> path = new ArrayList<>();
  private int depth;
  private int fresh;
  private Node last;
  private boolean diverged;

  @Override
  public int next(World world, long enabled, int current) {
    if (depth < path.size()) {
      Node node = path.get(depth++);
      last = node;
      if (!node.isThread() || node.enabled != enabled) {
        diverged = true;
        world.diverges();
        return STOP;
      }
      return node.chosen;
    }
    long sleep = asleep(world);
    long awake = enabled & ~sleep;
    if (awake == 0) {
      return STOP;
    }
    int usual = Policy.usual(world, awake, current);
    Node node = new Node(world.count(), enabled, sleep, 0, world.moments(), usual);
    for (long rest = sleep; rest != 0; rest &= rest - 1) {
      int thread = Long.numberOfTrailingZeros(rest);
      node.sees[thread] = last.sees[thread];
      node.changes[thread] = last.changes[thread];
    }
    path.add(node);
    depth++;
    last = node;
    return node.chosen;
  }

  /**
   * Threads whose next operation has been explored from here, in another order that is the same.
   */
  private long asleep(World world) {
    if (last == null || last.moments != world.moments()) {
      return 0;
    }
    long candidates = (last.sleep | last.done) & ~(1L << last.chosen);
    long asleep = 0;
    for (long rest = candidates; rest != 0; rest &= rest - 1) {
      int thread = Long.numberOfTrailingZeros(rest);
      boolean independent = true;
      for (int i = last.event; i < world.count() && independent; i++) {
        Event event = world.event(i);
        independent =
            world.isIndependent(event, thread)
                && event.isApartFrom(last.sees[thread], last.changes[thread]);
      }
      asleep |= independent ? 1L << thread : 0;
    }
    return asleep;
  }

  @Override
  public int choose(World world, int alternatives) {
    if (depth < path.size()) {
      Node node = path.get(depth++);
      if (node.isThread() || node.alternatives != alternatives) {
        diverged = true;
        world.diverges();
        return 0;
      }
      return node.chosen;
    }
    path.add(new Node(-1, 0, 0, alternatives, 0, 0));
    depth++;
    return 0;
  }

  @Override
  public boolean advance(World world) {
    if (diverged) {
      return false;
    }
    Node[] deciders = new Node[world.count()];
    int end = world.count();
    for (int i = path.size() - 1; i >= 0; i--) {
      Node node = path.get(i);
      if (node.isThread() && node.event < end) {
        node.learn(world, end);
        Arrays.fill(deciders, node.event, end, node);
        end = node.event;
      }
    }
    for (int i = fresh; i < world.count(); i++) {
      reverse(world, world.event(i), deciders);
    }
    for (Event event : world.blocked()) {
      reverse(world, event, deciders);
    }
    return backtrack();
  }

  private static void reverse(World world, Event event, Node[] deciders) {
    for (int earlier : event.races()) {
      if (deciders[earlier] != null) {
        reverse(world, event, deciders[earlier]);
      }
    }
  }

  /** Sees to it that an order is tried in which the later of two racing events comes first. */
  private static void reverse(World world, Event event, Node node) {
    int earlier = node.event;
    Event first = world.event(earlier);
    int[] firsts = new int[world.threadCount()];
    long initials = 0;
    for (int k = earlier + 1; k < event.index(); k++) {
      Event between = world.event(k);
      if (!between.isAfter(first.thread(), first.number()) && firsts[between.thread()] == 0) {
        if (comesFirst(between, firsts)) {
          initials |= 1L << between.thread();
        }
        firsts[between.thread()] = between.number();
      }
    }
    if (firsts[event.thread()] == 0 && comesFirst(event, firsts)) {
      initials |= 1L << event.thread();
    }
    if ((initials & (node.backtrack | node.sleep | node.done)) != 0) {
      return;
    }
    long possible = initials & node.enabled;
    if (possible == 0) {
      node.backtrack |= node.enabled;
    } else if (Policy.isIn(possible, event.thread())) {
      node.backtrack |= 1L << event.thread();
    } else {
      node.backtrack |= Long.lowestOneBit(possible);
    }
  }

  private static boolean comesFirst(Event event, int[] firsts) {
    for (int thread = 0; thread < firsts.length; thread++) {
      if (thread != event.thread() && firsts[thread] > 0 && event.isAfter(thread, firsts[thread])) {
        return false;
      }
    }
    return true;
  }

  private boolean backtrack() {
    depth = 0;
    last = null;
    while (!path.isEmpty()) {
      Node node = path.get(path.size() - 1);
      if (node.isThread()) {
        node.done |= 1L << node.chosen;
        long todo = node.backtrack & ~node.done & ~node.sleep;
        if (todo != 0) {
          node.chosen = Long.numberOfTrailingZeros(todo);
          fresh = node.event;
          return true;
        }
      } else if (node.chosen + 1 < node.alternatives) {
        node.chosen++;
        fresh = eventBefore();
        return true;
      }
      path.remove(path.size() - 1);
    }
    return false;
  }

  private int eventBefore() {
    for (int i = path.size() - 1; i >= 0; i--) {
      if (path.get(i).isThread()) {
        return path.get(i).event;
      }
    }
    return 0;
  }
}
