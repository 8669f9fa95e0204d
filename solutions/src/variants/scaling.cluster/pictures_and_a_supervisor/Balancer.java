package scaling.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Says which backend gets the next request: every change makes a new picture of all of them. */
public final class Balancer<B> {
  private record Picture<B>(List<B> row, Map<B, Integer> inFlight) {
    int of(B backend) {
      return inFlight.getOrDefault(backend, 0);
    }

    Picture<B> with(List<B> order, B changed, int change) {
      Map<B, Integer> counts = new HashMap<>(inFlight);
      counts.merge(changed, change, Integer::sum);
      return new Picture<>(order, Map.copyOf(counts));
    }
  }

  private final Policy policy;
  private final AtomicReference<Picture<B>> now =
      new AtomicReference<>(new Picture<>(List.of(), Map.of()));
  private final Object bell = new Object();

  public Balancer(Policy policy) {
    this.policy = policy;
  }

  /** Puts a backend into rotation. */
  public void add(B backend) {
    now.updateAndGet(
        p ->
            new Picture<>(
                Stream.concat(p.row().stream(), Stream.of(backend)).toList(), p.inFlight()));
  }

  /** Takes a backend out of rotation. */
  public void remove(B backend) {
    now.updateAndGet(p -> new Picture<>(without(p, backend), p.inFlight()));
  }

  private static <B> List<B> without(Picture<B> picture, B backend) {
    return picture.row().stream().filter(b -> !b.equals(backend)).toList();
  }

  /** Chooses the backend for a request. */
  public B acquire(Set<B> except) {
    while (true) {
      Picture<B> seen = now.get();
      B chosen = chosen(seen, except);
      if (chosen == null) {
        return null;
      }
      List<B> order = Stream.concat(without(seen, chosen).stream(), Stream.of(chosen)).toList();
      if (now.compareAndSet(seen, seen.with(order, chosen, 1))) {
        return chosen;
      }
    }
  }

  private B chosen(Picture<B> picture, Set<B> except) {
    B best = null;
    for (B backend : picture.row()) {
      if (!except.contains(backend)
          && (best == null
              || policy == Policy.LEAST_CONNECTIONS && picture.of(backend) < picture.of(best))) {
        best = backend;
      }
    }
    return best;
  }

  /** Says that a request is no longer in flight. */
  public void release(B backend) {
    now.updateAndGet(p -> p.with(p.row(), backend, -1));
    synchronized (bell) {
      bell.notifyAll();
    }
  }

  /** How many requests a backend is working on. */
  public int inFlight(B backend) {
    return now.get().of(backend);
  }

  /** Waits until a backend is working on nothing. */
  public void awaitIdle(B backend) throws InterruptedException {
    synchronized (bell) {
      while (inFlight(backend) > 0) {
        bell.wait();
      }
    }
  }
}
