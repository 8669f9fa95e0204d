// RJS | rejected by S1 | Whether it is idle shows after a while.
package scaling.cluster;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Says which backend gets the next request: whoever was chosen goes to the end of the row. */
public final class Balancer<B> {
  private final Policy policy;
  private final Set<B> row = new LinkedHashSet<>();
  private final Map<B, Integer> inFlight = new HashMap<>();

  public Balancer(Policy policy) {
    this.policy = policy;
  }

  /** Puts a backend into rotation. */
  public synchronized void add(B backend) {
    row.add(backend);
  }

  /** Takes a backend out of rotation. */
  public synchronized void remove(B backend) {
    row.remove(backend);
  }

  /** Chooses the backend for a request. */
  public synchronized B acquire(Set<B> except) {
    B chosen = null;
    for (B backend : row) {
      boolean better =
          chosen == null
              || policy == Policy.LEAST_CONNECTIONS && inFlight(backend) < inFlight(chosen);
      if (better && !except.contains(backend)) {
        chosen = backend;
      }
    }
    if (chosen != null) {
      row.remove(chosen);
      row.add(chosen);
      inFlight.merge(chosen, 1, Integer::sum);
    }
    return chosen;
  }

  /** Says that a request is no longer in flight. */
  public synchronized void release(B backend) {
    inFlight.computeIfPresent(backend, (b, count) -> count == 1 ? null : count - 1);
    notifyAll();
  }

  /** How many requests a backend is working on. */
  public synchronized int inFlight(B backend) {
    return inFlight.getOrDefault(backend, 0);
  }

  /** Waits until a backend is working on nothing. */
  public void awaitIdle(B backend) throws InterruptedException {
    while (inFlight(backend) > 0) {
      Thread.sleep(10);
    }
  }
}
