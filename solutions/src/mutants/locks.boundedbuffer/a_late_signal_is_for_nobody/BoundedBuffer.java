// LOST_SIGNAL | rejected by B17 | If my time is over I go, whatever I was told in this moment.
package locks.boundedbuffer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A queue under this object's monitor; each waiting thread has a bell that rings for it alone. */
public final class BoundedBuffer<T> {
  private final int capacity;
  private final Deque<T> items = new ArrayDeque<>();
  private final Deque<Semaphore> producers = new ArrayDeque<>();
  private final Deque<Semaphore> consumers = new ArrayDeque<>();
  private boolean closed;

  public BoundedBuffer(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a buffer for " + capacity + " items");
    }
    this.capacity = capacity;
  }

  public void put(T item) throws InterruptedException {
    offer(item, Long.MAX_VALUE);
  }

  public T take() throws InterruptedException {
    return poll(Long.MAX_VALUE);
  }

  public boolean offer(T item, long millis) throws InterruptedException {
    Objects.requireNonNull(item, "item");
    long begin = System.nanoTime();
    Semaphore bell = new Semaphore(0);
    while (!append(item, bell)) {
      if (!hears(bell, millis, begin, producers)) {
        return false;
      }
    }
    return true;
  }

  public T poll(long millis) throws InterruptedException {
    long begin = System.nanoTime();
    Semaphore bell = new Semaphore(0);
    Deque<T> taken = new ArrayDeque<>();
    while (!removeOldest(taken, bell)) {
      if (!hears(bell, millis, begin, consumers)) {
        return null;
      }
    }
    return taken.poll();
  }

  /** Whether the bell rings in time. */
  private boolean hears(Semaphore bell, long millis, long begin, Deque<Semaphore> line)
      throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis) - (System.nanoTime() - begin);
    boolean rang = false;
    try {
      rang = bell.tryAcquire(left, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      passOn(bell, line);
      throw e;
    }
    if (!rang) {
      takeDown(bell, line);
    }
    return rang;
  }

  private synchronized void passOn(Semaphore bell, Deque<Semaphore> line) {
    if (!line.remove(bell)) {
      ring(line);
    }
  }

  private synchronized void takeDown(Semaphore bell, Deque<Semaphore> line) {
    line.remove(bell);
  }

  private static void ring(Deque<Semaphore> line) {
    Semaphore first = line.pollFirst();
    if (first != null) {
      first.release();
    }
  }

  private synchronized boolean append(T item, Semaphore bell) {
    if (closed) {
      throw new IllegalStateException("the buffer is closed");
    }
    if (items.size() == capacity) {
      producers.addLast(bell);
      return false;
    }
    items.addLast(item);
    ring(consumers);
    return true;
  }

  private synchronized boolean removeOldest(Deque<T> taken, Semaphore bell) {
    if (!items.isEmpty()) {
      taken.add(items.pollFirst());
      ring(producers);
      return true;
    }
    if (!closed) {
      consumers.addLast(bell);
    }
    return closed;
  }

  public synchronized int size() {
    return items.size();
  }

  public synchronized void close() {
    closed = true;
    while (!producers.isEmpty()) {
      ring(producers);
    }
    while (!consumers.isEmpty()) {
      ring(consumers);
    }
  }
}
