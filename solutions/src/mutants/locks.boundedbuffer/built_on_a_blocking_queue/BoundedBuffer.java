// RXO | rejected by B14 | The library has it already.
package locks.boundedbuffer;

import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A bounded buffer around one of the library's, with two semaphores for its limits. */
public final class BoundedBuffer<T> {
  private final BlockingQueue<T> items = new LinkedBlockingQueue<>();
  private final Semaphore free;
  private final Semaphore filled = new Semaphore(0);
  private final Semaphore mutex = new Semaphore(1);
  private volatile boolean closed;

  public BoundedBuffer(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a buffer for " + capacity + " items");
    }
    free = new Semaphore(capacity);
  }

  public void put(T item) throws InterruptedException {
    Objects.requireNonNull(item, "item");
    free.acquire();
    append(item);
  }

  public T take() throws InterruptedException {
    filled.acquire();
    return removeOldest();
  }

  public boolean offer(T item, long millis) throws InterruptedException {
    Objects.requireNonNull(item, "item");
    if (free.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
      append(item);
      return true;
    }
    if (closed) {
      throw new IllegalStateException("the buffer is closed");
    }
    return false;
  }

  public T poll(long millis) throws InterruptedException {
    return filled.tryAcquire(millis, TimeUnit.MILLISECONDS) ? removeOldest() : null;
  }

  public int size() {
    mutex.acquireUninterruptibly();
    try {
      return items.size();
    } finally {
      mutex.release();
    }
  }

  public void close() {
    mutex.acquireUninterruptibly();
    closed = true;
    mutex.release();
    free.release();
    filled.release();
  }

  /** Needs a permit of {@code free}. */
  private void append(T item) {
    mutex.acquireUninterruptibly();
    try {
      if (closed) {
        free.release();
        throw new IllegalStateException("the buffer is closed");
      }
      items.add(item);
    } finally {
      mutex.release();
    }
    filled.release();
  }

  /** Needs a permit of {@code filled}. */
  private T removeOldest() {
    mutex.acquireUninterruptibly();
    T item = items.poll();
    mutex.release();
    if (item == null) {
      filled.release();
    } else {
      free.release();
    }
    return item;
  }
}
