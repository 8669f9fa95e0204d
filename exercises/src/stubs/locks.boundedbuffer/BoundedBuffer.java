package locks.boundedbuffer;

import static threadmill.Todo.todo;

/** A first-in, first-out buffer of limited capacity between threads. */
public final class BoundedBuffer<T> {
  /** Makes an empty, open buffer with room for {@code capacity} items. */
  public BoundedBuffer(int capacity) {
    // TODO
    throw todo();
  }

  /** Appends an item; waits while the buffer is full. */
  public void put(T item) throws InterruptedException {
    // TODO
    throw todo();
  }

  /** Removes the oldest item; waits while the buffer is empty; null once it is closed and empty. */
  public T take() throws InterruptedException {
    // TODO
    throw todo();
  }

  /** As {@link #put}, but gives up and answers false after {@code millis} milliseconds. */
  public boolean offer(T item, long millis) throws InterruptedException {
    // TODO
    throw todo();
  }

  /** As {@link #take}, but gives up and answers null after {@code millis} milliseconds. */
  public T poll(long millis) throws InterruptedException {
    // TODO
    throw todo();
  }

  /** How many items are in the buffer now. */
  public int size() {
    // TODO
    throw todo();
  }

  /** Refuses items from now on and sends home whoever waits. */
  public void close() {
    // TODO
    throw todo();
  }
}
