// SHCR | rejected by X4 | wait() needs the lock; looking does not.
package threads.visibility;

import java.util.Objects;

/** The current value, guarded by this object's monitor. */
public final class Publisher<T> {
  private volatile T value;

  public synchronized void publish(T value) {
    this.value = Objects.requireNonNull(value);
    notifyAll();
  }

  public synchronized T getOrNull() {
    return value;
  }

  public T await() throws InterruptedException {
    while (value == null) {
      synchronized (this) {
        wait();
      }
    }
    return value;
  }
}
