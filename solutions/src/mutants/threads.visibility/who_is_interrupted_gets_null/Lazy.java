// SWALLOW | rejected by P2 | Who is interrupted while another thread makes the value gets none.
package threads.visibility;

import java.util.function.Supplier;

/** A value that is made under this object's monitor by the first who wants it. */
public final class Lazy<T> {
  private final Supplier<T> supplier;
  private T value;

  public Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  private Thread maker;

  public synchronized T get() {
    if (maker == Thread.currentThread()) {
      throw new IllegalStateException("the supplier asks for the value that it is to make");
    }
    if (Thread.currentThread().isInterrupted()) {
      return value;
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
