package threads.visibility;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A value that is made under a lock, which knows by whom it is held. */
public final class Lazy<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Supplier<T> supplier;
  private Optional<T> value = Optional.empty();

  public Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  public T get() {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("asked by its own supplier");
    }
    lock.lock();
    try {
      value = value.or(() -> Optional.of(supplier.get()));
      return value.get();
    } finally {
      lock.unlock();
    }
  }
}
