package threads.visibility;

import java.util.function.Supplier;

/** A value that is looked for without the lock, and made and looked for again with it. */
public final class Lazy<T> {
  private final Supplier<T> supplier;
  private volatile T value;
  private boolean making;

  public Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  public T get() {
    T seen = value;
    return seen != null ? seen : make();
  }

  private synchronized T make() {
    if (value != null) {
      return value;
    }
    if (making) {
      throw new IllegalStateException();
    }
    making = true;
    try {
      value = supplier.get();
      return value;
    } finally {
      making = false;
    }
  }
}
