package locks.boundedbuffer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A bounded buffer that serves its waiters in the order they came: each waits at a node of its own,
 * and whoever makes its wish come true does so for it, and wakes nobody else.
 */
public final class BoundedBuffer<T> {
  private static final class Waiter<T> {
    private final Thread thread = Thread.currentThread();
    private T item;
    private boolean refused;
    private volatile boolean served;

    Waiter(T item) {
      this.item = item;
    }
  }

  private static final long FOR_EVER = Long.MAX_VALUE;
  private final int capacity;
  private final Deque<T> items = new ArrayDeque<>();
  private final Deque<Waiter<T>> putters = new ArrayDeque<>();
  private final Deque<Waiter<T>> takers = new ArrayDeque<>();
  private boolean closed;

  public BoundedBuffer(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a buffer for " + capacity + " items");
    }
    this.capacity = capacity;
  }

  public void put(T item) throws InterruptedException {
    append(item, FOR_EVER);
  }

  public T take() throws InterruptedException {
    return remove(FOR_EVER);
  }

  public boolean offer(T item, long millis) throws InterruptedException {
    return append(item, TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis)));
  }

  public T poll(long millis) throws InterruptedException {
    return remove(TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis)));
  }

  public synchronized int size() {
    return items.size();
  }

  public synchronized void close() {
    closed = true;
    takers.forEach(this::serve);
    takers.clear();
    putters.forEach(
        putter -> {
          putter.refused = true;
          serve(putter);
        });
    putters.clear();
  }

  private boolean append(T item, long nanos) throws InterruptedException {
    Objects.requireNonNull(item, "item");
    Waiter<T> me = new Waiter<>(item);
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the buffer is closed");
      }
      Waiter<T> taker = takers.poll();
      if (taker != null) {
        taker.item = item;
        serve(taker);
        return true;
      }
      if (items.size() < capacity) {
        items.addLast(item);
        return true;
      }
      putters.addLast(me);
    }
    boolean served = await(me, putters, nanos);
    if (me.refused) {
      throw new IllegalStateException("the buffer was closed");
    }
    return served;
  }

  private T remove(long nanos) throws InterruptedException {
    Waiter<T> me = new Waiter<>(null);
    synchronized (this) {
      T item = items.pollFirst();
      if (item != null) {
        Waiter<T> putter = putters.poll();
        if (putter != null) {
          items.addLast(putter.item);
          serve(putter);
        }
        return item;
      }
      if (closed) {
        return null;
      }
      takers.addLast(me);
    }
    return await(me, takers, nanos) ? me.item : null;
  }

  /** Whether the waiter was served; one that gives up has left its queue. */
  private boolean await(Waiter<T> me, Deque<Waiter<T>> queue, long nanos)
      throws InterruptedException {
    long end = System.nanoTime() + nanos;
    boolean interrupted = false;
    while (!me.served && !interrupted) {
      long rest = end - System.nanoTime();
      if (nanos != FOR_EVER && rest <= 0) {
        break;
      }
      if (nanos == FOR_EVER) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, rest);
      }
      interrupted = Thread.interrupted();
    }
    synchronized (this) {
      queue.remove(me);
    }
    if (me.served && interrupted) {
      Thread.currentThread().interrupt();
    } else if (interrupted) {
      throw new InterruptedException();
    }
    return me.served;
  }

  private void serve(Waiter<T> waiter) {
    waiter.served = true;
    LockSupport.unpark(waiter.thread);
  }
}
