// RFU | rejected by S5 | After the work it unlocks.
package threads.visibility;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A value that is made under a lock. */
public final class Lazy<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Supplier<T> supplier;
  private T value;

  public Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  public T get() {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("asked by its own supplier");
    }
    lock.lock();
    if (value == null) {
      value = supplier.get();
    }
    T made = value;
    lock.unlock();
    return made;
  }
}
