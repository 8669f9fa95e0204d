package labs.scaling;

import static threadmill.Todo.todo;

/** A counter that many threads add to without getting in each other's way. Thread-safe. */
public final class StripedCounter {
  public StripedCounter(int stripes) {
    // TODO
    throw todo();
  }

  /** Adds to one of the stripes. */
  public void add(long delta) {
    // TODO
    throw todo();
  }

  /** The sum of all stripes. */
  public long sum() {
    // TODO
    throw todo();
  }

  /** The value of each stripe, for the curious. */
  public long[] stripes() {
    // TODO
    throw todo();
  }
}
