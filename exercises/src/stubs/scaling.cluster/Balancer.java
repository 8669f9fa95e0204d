package scaling.cluster;

import static threadmill.Todo.todo;

import java.util.Set;

/**
 * Says which backend gets the next request, and knows how many each is working on. Thread-safe.
 *
 * @param <B> what stands for a backend; compared by {@code equals}
 */
public final class Balancer<B> {
  public Balancer(Policy policy) {
    // TODO
    throw todo();
  }

  /** Puts a backend into rotation. */
  public void add(B backend) {
    // TODO
    throw todo();
  }

  /** Takes a backend out of rotation; what it is working on goes on. Not there: nothing. */
  public void remove(B backend) {
    // TODO
    throw todo();
  }

  /**
   * Chooses the backend for a request, which is in flight from now on.
   *
   * @param except who is not wanted
   * @return null if there is nobody left
   */
  public B acquire(Set<B> except) {
    // TODO
    throw todo();
  }

  /** Says that a request is no longer in flight. */
  public void release(B backend) {
    // TODO
    throw todo();
  }

  /** How many requests a backend is working on, in rotation or not. */
  public int inFlight(B backend) {
    // TODO
    throw todo();
  }

  /** Waits until a backend is working on nothing. */
  public void awaitIdle(B backend) throws InterruptedException {
    // TODO
    throw todo();
  }
}
