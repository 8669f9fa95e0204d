// ORDER | rejected by X3 | The flag is volatile, so everybody sees both.
package threads.visibility;

import java.util.Objects;

/** A value and a volatile flag that says that it is there. */
public final class Publisher<T> {
  private T value;
  private volatile boolean there;

  public synchronized void publish(T value) {
    Objects.requireNonNull(value);
    there = true;
    this.value = value;
    notifyAll();
  }

  public T getOrNull() {
    return there ? value : null;
  }

  public synchronized T await() throws InterruptedException {
    while (!there) {
      wait();
    }
    return value;
  }
}
