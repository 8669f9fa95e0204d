package threads.visibility;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** A volatile value, and a latch for the first one. */
public final class Publisher<T> {
  private final CountDownLatch first = new CountDownLatch(1);
  private volatile T value;

  public void publish(T value) {
    this.value = Objects.requireNonNull(value);
    first.countDown();
  }

  public T getOrNull() {
    return value;
  }

  public T await() throws InterruptedException {
    first.await();
    return value;
  }
}
