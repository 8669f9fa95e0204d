// RM_GUARD | rejected by S4 | Sooner or later somebody will want it.
package threads.visibility;

import java.util.function.Supplier;

/** A value that is made when this is. */
public final class Lazy<T> {
  private final Supplier<T> supplier;
  private T value;
  private boolean making;

  public Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
    try {
      value = supplier.get();
    } catch (RuntimeException | Error e) {
      // Then it is tried again when somebody wants it.
      value = null;
    }
  }

  public synchronized T get() {
    if (making) {
      throw new IllegalStateException();
    }
    if (value == null) {
      making = true;
      try {
        value = supplier.get();
      } finally {
        making = false;
      }
    }
    return value;
  }
}
