// RM_ELSE | rejected by S5 | What failed once fails again.
package threads.visibility;

import java.util.function.Supplier;

/** A value or a failure, made under this object's monitor by the first who wants it. */
public final class Lazy<T> {
  private final Supplier<T> supplier;
  private T value;
  private RuntimeException failure;
  private boolean making;

  public Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  public synchronized T get() {
    if (making) {
      throw new IllegalStateException();
    }
    if (failure != null) {
      throw failure;
    }
    if (value == null) {
      making = true;
      try {
        value = supplier.get();
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      } finally {
        making = false;
      }
    }
    return value;
  }
}
