// SMALL_NUMBERS | rejected by B15 | A ring needs a power of two; the one below the capacity is near
// enough.
package locks.boundedbuffer;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A ring of places whose number is a power of two, one lock, and two conditions. */
public final class BoundedBuffer<T> {
  private final int capacity;
  private final Object[] ring;
  private final Lock lock = new ReentrantLock();
  private final Condition notFull = lock.newCondition();
  private final Condition notEmpty = lock.newCondition();
  private int first;
  private int count;
  private boolean closed;

  public BoundedBuffer(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a buffer for " + capacity + " items");
    }
    this.capacity = capacity;
    this.ring = new Object[Math.max(8, Integer.highestOneBit(capacity))];
  }

  public void put(T item) throws InterruptedException {
    Objects.requireNonNull(item, "item");
    lock.lockInterruptibly();
    try {
      while (isFull() && !closed) {
        notFull.await();
      }
      append(item);
    } finally {
      lock.unlock();
    }
  }

  public T take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (count == 0 && !closed) {
        notEmpty.await();
      }
      return removeOldest();
    } finally {
      lock.unlock();
    }
  }

  public boolean offer(T item, long millis) throws InterruptedException {
    Objects.requireNonNull(item, "item");
    long rest = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lockInterruptibly();
    try {
      while (isFull() && !closed) {
        if (rest <= 0) {
          return false;
        }
        rest = notFull.awaitNanos(rest);
      }
      append(item);
      return true;
    } finally {
      lock.unlock();
    }
  }

  public T poll(long millis) throws InterruptedException {
    long rest = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lockInterruptibly();
    try {
      while (count == 0 && !closed) {
        if (rest <= 0) {
          return null;
        }
        rest = notEmpty.awaitNanos(rest);
      }
      return removeOldest();
    } finally {
      lock.unlock();
    }
  }

  public int size() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  public void close() {
    lock.lock();
    try {
      closed = true;
      notFull.signalAll();
      notEmpty.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return count == capacity;
  }

  private void append(T item) {
    if (closed) {
      throw new IllegalStateException("the buffer is closed");
    }
    ring[(first + count) & ring.length - 1] = item;
    count++;
    notEmpty.signal();
  }

  /** The oldest item, or null if there is none, which only a closed buffer lets its caller see. */
  @SuppressWarnings("unchecked")
  private T removeOldest() {
    if (count == 0) {
      return null;
    }
    T item = (T) ring[first];
    first = first + 1 & ring.length - 1;
    count--;
    notFull.signal();
    return item;
  }
}
