// RM_ELSE | rejected by P1 | Published is published.
package threads.visibility;

import java.util.Objects;

/** The first value, guarded by this object's monitor. */
public final class Publisher<T> {
  private T value;

  public synchronized void publish(T value) {
    Objects.requireNonNull(value);
    if (this.value == null) {
      this.value = value;
    }
    notifyAll();
  }

  public synchronized T getOrNull() {
    return value;
  }

  public synchronized T await() throws InterruptedException {
    while (value == null) {
      wait();
    }
    return value;
  }
}
