// SCOPE | rejected by S6 | A thread makes one value at a time.
package threads.visibility;

import java.util.function.Supplier;

/** A value that is made under this object's monitor by the first who wants it. */
public final class Lazy<T> {
  private static final ThreadLocal<Boolean> MAKING = ThreadLocal.withInitial(() -> false);

  private final Supplier<T> supplier;
  private T value;

  public Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  public synchronized T get() {
    // Only the thread that holds the monitor can find this: its supplier called.
    if (MAKING.get()) {
      throw new IllegalStateException("the supplier asks for the value that it is to make");
    }
    if (value == null) {
      MAKING.set(true);
      try {
        value = supplier.get();
      } finally {
        MAKING.set(false);
      }
    }
    return value;
  }
}
