package threads.visibility;

import static threadmill.Todo.todo;

import java.util.function.Supplier;

/** A value that is made once, when it is first wanted. */
public final class Lazy<T> {
  /**
   * @param supplier makes the value, which is not null, or throws
   */
  public Lazy(Supplier<T> supplier) {
    // TODO
    throw todo();
  }

  /**
   * The value.
   *
   * @throws IllegalStateException if the supplier asks for the value that it is to make
   */
  public T get() {
    // TODO
    throw todo();
  }
}
