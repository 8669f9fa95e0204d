package locks.boundedbuffer;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded buffer in a linked list, whose two ends have a lock each, so that a put and a take can
 * overlap (Michael and Scott, Simple, Fast, and Practical Queue Algorithms, PODC 1996). An atomic
 * count ties the ends together.
 */
public final class BoundedBuffer<T> {
  private static final class Node<T> {
    private T item;
    private Node<T> next;
  }

  private final int capacity;
  private final AtomicInteger count = new AtomicInteger();
  private final ReentrantLock putLock = new ReentrantLock();
  private final Condition notFull = putLock.newCondition();
  private final ReentrantLock takeLock = new ReentrantLock();
  private final Condition notEmpty = takeLock.newCondition();
  private Node<T> head = new Node<>();
  private Node<T> last = head;
  private volatile boolean closed;

  public BoundedBuffer(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a buffer for " + capacity + " items");
    }
    this.capacity = capacity;
  }

  public void put(T item) throws InterruptedException {
    Objects.requireNonNull(item, "item");
    int before;
    putLock.lockInterruptibly();
    try {
      while (count.get() == capacity && !closed) {
        notFull.await();
      }
      before = append(item);
    } finally {
      putLock.unlock();
    }
    if (before == 0) {
      signal(takeLock, notEmpty);
    }
  }

  public T take() throws InterruptedException {
    int before;
    T item;
    takeLock.lockInterruptibly();
    try {
      while (count.get() == 0 && !closed) {
        notEmpty.await();
      }
      if (count.get() == 0) {
        return null;
      }
      item = first();
      before = removeFirst();
    } finally {
      takeLock.unlock();
    }
    if (before == capacity) {
      signal(putLock, notFull);
    }
    return item;
  }

  public boolean offer(T item, long millis) throws InterruptedException {
    Objects.requireNonNull(item, "item");
    long rest = TimeUnit.MILLISECONDS.toNanos(millis);
    int before;
    putLock.lockInterruptibly();
    try {
      while (count.get() == capacity && !closed) {
        if (rest <= 0) {
          return false;
        }
        rest = notFull.awaitNanos(rest);
      }
      before = append(item);
    } finally {
      putLock.unlock();
    }
    if (before == 0) {
      signal(takeLock, notEmpty);
    }
    return true;
  }

  public T poll(long millis) throws InterruptedException {
    long rest = TimeUnit.MILLISECONDS.toNanos(millis);
    int before;
    T item;
    takeLock.lockInterruptibly();
    try {
      while (count.get() == 0) {
        if (rest <= 0 || closed) {
          return null;
        }
        rest = notEmpty.awaitNanos(rest);
      }
      item = first();
      before = removeFirst();
    } finally {
      takeLock.unlock();
    }
    if (before == capacity) {
      signal(putLock, notFull);
    }
    return item;
  }

  public int size() {
    return count.get();
  }

  public void close() {
    putLock.lock();
    takeLock.lock();
    try {
      closed = true;
      notFull.signalAll();
      notEmpty.signalAll();
    } finally {
      takeLock.unlock();
      putLock.unlock();
    }
  }

  /** Under the lock for puts; answers how many items there were before. */
  private int append(T item) {
    if (closed) {
      throw new IllegalStateException("the buffer is closed");
    }
    Node<T> node = new Node<>();
    node.item = item;
    last.next = node;
    last = node;
    int before = count.getAndIncrement();
    if (before + 1 < capacity) {
      notFull.signal();
    }
    return before;
  }

  private T first() {
    return head.next.item;
  }

  /** Under the lock for takes; answers how many items there were before. */
  private int removeFirst() {
    head = head.next;
    head.item = null;
    int before = count.getAndDecrement();
    if (before > 1) {
      notEmpty.signal();
    }
    return before;
  }

  private static void signal(ReentrantLock lock, Condition condition) {
    lock.lock();
    try {
      condition.signal();
    } finally {
      lock.unlock();
    }
  }
}
