package threads.visibility;

import java.util.Objects;

/** The current value, guarded by this object's monitor. */
public final class Publisher<T> {
  private T value;

  public synchronized void publish(T value) {
    this.value = Objects.requireNonNull(value);
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
