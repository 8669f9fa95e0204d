// RM_GUARD | rejected by S6 | The monitor is re-entrant, so nothing can go wrong.
package threads.visibility;

import java.util.function.Supplier;

/** A value that is made under this object's monitor by the first who wants it. */
public final class Lazy<T> {
  private final Supplier<T> supplier;
  private T value;

  public Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  public synchronized T get() {
    if (value == null) {
      value = supplier.get();
    }
    return value;
  }
}
