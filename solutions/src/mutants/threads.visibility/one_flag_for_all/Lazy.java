package threads.visibility;

import java.util.function.Supplier;

/** A value that is made under this object's monitor by the first who wants it. */
public final class Lazy<T> {
  private final Supplier<T> supplier;
  private T value;
  private boolean making;

  public Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  public synchronized T get() {
    // Only the thread that holds the monitor can find this: its supplier called.
    if (making) {
      throw new IllegalStateException("the supplier asks for the value that it is to make");
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
