package threads.visibility;

import static threadmill.Todo.todo;

/** Hands objects from one thread to others, whole. */
public final class Publisher<T> {
  public Publisher() {
    // TODO
    throw todo();
  }

  /** Makes this the current value; it must not be null. */
  public void publish(T value) {
    // TODO
    throw todo();
  }

  /** The current value, or null if there is none yet; never waits. */
  public T getOrNull() {
    // TODO
    throw todo();
  }

  /** The current value; waits until there is one. */
  public T await() throws InterruptedException {
    // TODO
    throw todo();
  }
}
