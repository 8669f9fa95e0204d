// BUSY | rejected by S7 | It will not take long.
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
      if (maker == Thread.currentThread()) {
        throw new IllegalStateException();
      }
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
        wait(1);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
