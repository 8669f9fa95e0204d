// SMALL_NUMBERS | rejected by S10 | Ten are told; nobody has seen more.
package threads.visibility;

import java.util.Objects;

/** The current value, guarded by this object's monitor. */
public final class Publisher<T> {
  private static final int TEN = 10;

  private T value;

  public synchronized void publish(T value) {
    this.value = Objects.requireNonNull(value);
    for (int i = 0; i < TEN; i++) {
      notify();
    }
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
