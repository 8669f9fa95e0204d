package threadmill.explore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The calls of one run, and the search for an order of them, one after the other, that explains
 * their results (linearizability; Herlihy &amp; Wing 1990, decided as Wing &amp; Gong 1993 do).
 * Thread-safe.
 */
public final class Linearizability<M> {
  /** What is said where there is none. */
  public static final String UNEXPLAINED =
      "no order of these calls, one after the other, gives the results they gave";

  /** One call. */
  public static final class Call<M> {
    private final String thread;
    private final String name;
    private final Function<M, ?> specification;
    private final int called;
    private int returned = Integer.MAX_VALUE;
    private Object result;

    private Call(String thread, String name, Function<M, ?> specification, int called) {
      this.thread = thread;
      this.name = name;
      this.specification = specification;
      this.called = called;
    }

    private boolean isPending() {
      return returned == Integer.MAX_VALUE;
    }
  }

  private final Supplier<M> model;
  private final List<Call<M>> calls = new ArrayList<>();
  private int now;

  /**
   * @param model a plain, sequential object of the same purpose, anew each time
   */
  public Linearizability(Supplier<M> model) {
    this.model = model;
  }

  /** Records that a call begins. */
  public synchronized Call<M> begins(String thread, String name, Function<M, ?> specification) {
    Call<M> call = new Call<>(thread, name, specification, ++now);
    calls.add(call);
    return call;
  }

  /**
   * Records that it has ended.
   *
   * @param result what it gave; of an exception its class
   */
  public synchronized void ended(Call<M> call, Object result) {
    call.result = result;
    call.returned = ++now;
  }

  /** Whether there is an order that gives these results. */
  public synchronized boolean isExplained() {
    return explains(new ArrayList<>(), new HashSet<>());
  }

  /**
   * The calls in the order in which they began, a line each.
   *
   * @param shown how a result is told
   */
  public synchronized List<String> lines(Function<Object, String> shown) {
    return calls.stream().map(call -> line(call, shown)).toList();
  }

  private String line(Call<M> call, Function<Object, String> shown) {
    String end = call.isPending() ? " has not returned" : " → " + shown.apply(call.result);
    return call.thread + ": " + call.name + end;
  }

  /** Whether the rest can follow these calls. Pending calls may have happened or not. */
  private boolean explains(List<Call<M>> order, Set<List<Integer>> tried) {
    List<Call<M>> rest = calls.stream().filter(e -> !order.contains(e)).toList();
    if (rest.stream().allMatch(Call::isPending)) {
      return true;
    }
    List<Integer> key = order.stream().map(calls::indexOf).toList();
    if (!tried.add(key)) {
      return false;
    }
    int firstReturn = rest.stream().mapToInt(e -> e.returned).min().orElseThrow();
    for (Call<M> next : rest) {
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
  private boolean agrees(List<Call<M>> order) {
    M state = model.get();
    Object result = null;
    for (Call<M> call : order) {
      try {
        result = call.specification.apply(state);
      } catch (History.MustWait e) {
        return false;
      } catch (RuntimeException e) {
        result = e.getClass();
      }
    }
    Call<M> last = order.get(order.size() - 1);
    return last.isPending() || same(last.result, result);
  }

  private static boolean same(Object real, Object expected) {
    return real instanceof Class<?> a && expected instanceof Class<?> b
        ? a.getName().equals(b.getName())
        : Objects.equals(real, expected);
  }
}
