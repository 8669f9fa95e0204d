// SHCR | rejected by X5 | The field is volatile, so everybody sees that it is made.
package threads.visibility;

import java.util.function.Supplier;

/** A value that is made by the first who finds none. */
public final class Lazy<T> {
  private final Supplier<T> supplier;
  private volatile T value;
  private volatile Thread maker;

  public Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  public T get() {
    if (maker == Thread.currentThread()) {
      throw new IllegalStateException();
    }
    if (value == null) {
      maker = Thread.currentThread();
      try {
        value = supplier.get();
      } finally {
        maker = null;
      }
    }
    return value;
  }
}
