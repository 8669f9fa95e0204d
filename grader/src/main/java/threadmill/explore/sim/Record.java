package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import threadmill.explore.History;
import threadmill.model.Kind;

/** The calls of one run, and the search for an order that explains them (Wing &amp; Gong 1993). */
final class Record<M> implements History<M> {
  private static final class Entry<M> {
    private final String thread;
    private final String name;
    private final Function<M, ?> specification;
    private final int called;
    private int returned = Integer.MAX_VALUE;
    private Object result;

    Entry(String thread, String name, Function<M, ?> specification, int called) {
      this.thread = thread;
      this.name = name;
      this.specification = specification;
      this.called = called;
    }

    boolean isPending() {
      return returned == Integer.MAX_VALUE;
    }

    @Override
    public String toString() {
      return thread + ": " + name + (isPending() ? " has not returned" : " → " + shown(result));
    }
  }

  private final World world;
  private final Supplier<M> model;
  private final Location place;
  private final List<Entry<M>> entries = new ArrayList<>();
  private int now;

  Record(World world, Supplier<M> model) {
    this.world = world;
    this.model = model;
    this.place = world.memory.special("history");
  }

  @Override
  public <R> R call(String name, Callable<R> call, Function<M, R> specification) throws Exception {
    world.step(OpKind.SECTION, place, false, null, false);
    Entry<M> entry = new Entry<>(world.current().name, name, specification, ++now);
    entries.add(entry);
    world.tell("calls " + name);
    try {
      R result = call.call();
      done(entry, result);
      return result;
    } catch (Exception e) {
      done(entry, e.getClass());
      throw e;
    }
  }

  private void done(Entry<M> entry, Object result) {
    world.step(OpKind.SECTION, place, true, null, false);
    entry.result = result;
    entry.returned = ++now;
    world.tell(entry.name + " returns " + shown(result));
  }

  private static String shown(Object result) {
    return result instanceof Class<?> c ? "throws " + c.getSimpleName() : Names.value(result);
  }

  /** Ends the run unless there is an order. */
  void check() {
    boolean[] found = new boolean[1];
    world.silently(() -> found[0] = explains(new ArrayList<>(), new HashSet<>()));
    if (!found[0]) {
      Trouble trouble =
          Trouble.of(
              Kind.SAFETY,
              "no order of these calls, one after the other, gives the results they gave");
      for (Entry<M> entry : entries) {
        trouble = trouble.with(entry.toString());
      }
      world.stop(trouble);
    }
  }

  /** Whether the rest can follow these calls. Pending calls may have happened or not. */
  private boolean explains(List<Entry<M>> order, Set<List<Integer>> tried) {
    List<Entry<M>> rest = entries.stream().filter(e -> !order.contains(e)).toList();
    if (rest.stream().allMatch(Entry::isPending)) {
      return true;
    }
    List<Integer> key = order.stream().map(entries::indexOf).toList();
    if (!tried.add(key)) {
      return false;
    }
    int firstReturn = rest.stream().mapToInt(e -> e.returned).min().orElseThrow();
    for (Entry<M> next : rest) {
      if (next.called < firstReturn) {
        order.add(next);
        if (agrees(order) && explains(order, tried)) {
          return true;
        }
        order.remove(order.size() - 1);
      }
    }
    return false;
  }

  /** Whether the model, taken through these calls, gives the last one's result. */
  private boolean agrees(List<Entry<M>> order) {
    M state = model.get();
    Object result = null;
    for (Entry<M> entry : order) {
      try {
        result = entry.specification.apply(state);
      } catch (MustWait e) {
        return false;
      } catch (RuntimeException e) {
        result = e.getClass();
      }
    }
    Entry<M> last = order.get(order.size() - 1);
    return last.isPending() || same(last.result, result);
  }

  private static boolean same(Object real, Object expected) {
    return real instanceof Class<?> a && expected instanceof Class<?> b
        ? a.getName().equals(b.getName())
        : Objects.equals(real, expected);
  }
}
