// NO_SLEEP | rejected by S0 | Sleeping is waiting.
package threads.visibility;

import java.util.Objects;

/** A volatile value. */
public final class Publisher<T> {
  private volatile T value;

  public void publish(T value) {
    this.value = Objects.requireNonNull(value);
  }

  public T getOrNull() {
    return value;
  }

  public T await() throws InterruptedException {
    while (value == null) {
      Thread.sleep(1);
    }
    return value;
  }
}
