// BUSY | rejected by B2 | Waiting means asking again until the answer is yes.
package locks.boundedbuffer;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A bounded buffer whose waiting calls leave the monitor and come back at once. */
public final class BoundedBuffer<T> {
  private final T[] places;
  private int oldest;
  private int count;
  private boolean closed;

  @SuppressWarnings("unchecked")
  public BoundedBuffer(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a buffer for " + capacity + " items");
    }
    places = (T[]) new Object[capacity];
  }

  public void put(T item) throws InterruptedException {
    while (!offer(item, 0)) {
      giveWay();
    }
  }

  public T take() throws InterruptedException {
    while (true) {
      synchronized (this) {
        if (count > 0 || closed) {
          return removeOldest();
        }
      }
      giveWay();
    }
  }

  public synchronized boolean offer(T item, long millis) throws InterruptedException {
    Objects.requireNonNull(item, "item");
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
    while (count == places.length && !closed) {
      long rest = end - System.nanoTime();
      if (rest <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, rest);
    }
    append(item);
    return true;
  }

  public synchronized T poll(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
    while (count == 0 && !closed) {
      long rest = end - System.nanoTime();
      if (rest <= 0) {
        return null;
      }
      TimeUnit.NANOSECONDS.timedWait(this, rest);
    }
    return removeOldest();
  }

  public synchronized int size() {
    return count;
  }

  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private static void giveWay() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private void append(T item) {
    if (closed) {
      throw new IllegalStateException("the buffer is closed");
    }
    places[(oldest + count) % places.length] = item;
    count++;
    notifyAll();
  }

  private T removeOldest() {
    if (count == 0) {
      return null;
    }
    T item = places[oldest];
    places[oldest] = null;
    oldest = (oldest + 1) % places.length;
    count--;
    notifyAll();
    return item;
  }
}
