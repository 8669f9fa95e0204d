// BUSY | rejected by B2 | Who must look at the clock may look for an item, too.
package locks.boundedbuffer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A first-in, first-out buffer: one lock, and a condition for each reason to wait. */
public final class BoundedBuffer<T> {
  private final int capacity;
  private final Deque<T> items = new ArrayDeque<>();
  private final Lock lock = new ReentrantLock();
  private final Condition notFull = lock.newCondition();
  private final Condition notEmpty = lock.newCondition();
  private boolean closed;

  public BoundedBuffer(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a buffer for " + capacity + " items");
    }
    this.capacity = capacity;
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
      while (items.isEmpty() && !closed) {
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
      while (items.isEmpty() && !closed) {
        if (rest <= 0) {
          return null;
        }
        long nap = Math.min(rest, 1_000_000);
        rest -= nap - notEmpty.awaitNanos(nap);
      }
      return removeOldest();
    } finally {
      lock.unlock();
    }
  }

  public int size() {
    lock.lock();
    try {
      return items.size();
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
    return items.size() == capacity;
  }

  private void append(T item) {
    if (closed) {
      throw new IllegalStateException("the buffer is closed");
    }
    items.addLast(item);
    notEmpty.signal();
  }

  /** The oldest item, or null if there is none, which only a closed buffer lets its caller see. */
  private T removeOldest() {
    T item = items.pollFirst();
    if (item != null) {
      notFull.signal();
    }
    return item;
  }
}
