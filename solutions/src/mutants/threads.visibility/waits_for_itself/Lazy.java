// RM_GUARD | rejected by S6 | Somebody makes the value, so wait for it.
package threads.visibility;

import java.util.function.Supplier;

/** A value that is made outside the lock, by the thread that has said that it makes it. */
public final class Lazy<T> {
  private final Supplier<T> supplier;
  private T value;
  private Thread maker;

  public Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  public T get() {
    synchronized (this) {
      awaitMaker();
      if (value != null) {
        return value;
      }
      maker = Thread.currentThread();
    }
    T made = null;
    try {
      made = supplier.get();
      return made;
    } finally {
      synchronized (this) {
        value = made;
        maker = null;
        notifyAll();
      }
    }
  }

  private void awaitMaker() {
    boolean interrupted = false;
    while (maker != null) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
