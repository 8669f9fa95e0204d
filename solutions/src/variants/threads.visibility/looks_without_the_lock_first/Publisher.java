package threads.visibility;

/** A volatile value, and a lock for those who wait for the first one. */
public final class Publisher<T> {
  private final Object arrival = new Object();
  private volatile T value;

  public void publish(T value) {
    if (value == null) {
      throw new NullPointerException("null is no value");
    }
    this.value = value;
    synchronized (arrival) {
      arrival.notifyAll();
    }
  }

  public T getOrNull() {
    return value;
  }

  public T await() throws InterruptedException {
    if (value == null) {
      synchronized (arrival) {
        while (value == null) {
          arrival.wait();
        }
      }
    }
    return value;
  }
}
