package threads.visibility;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Double-checked in acquire and release mode. */
public final class Lazy<T> {
  private final AtomicReference<T> value = new AtomicReference<>();
  private final Supplier<T> supplier;
  private Thread maker;

  public Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  public T get() {
    T seen = value.getAcquire();
    return seen != null ? seen : make();
  }

  private synchronized T make() {
    T made = value.getPlain();
    if (made != null) {
      return made;
    }
    if (maker != null) {
      throw new IllegalStateException(maker + " asks for what it makes");
    }
    maker = Thread.currentThread();
    try {
      made = supplier.get();
      value.setRelease(made);
      return made;
    } finally {
      maker = null;
    }
  }
}
