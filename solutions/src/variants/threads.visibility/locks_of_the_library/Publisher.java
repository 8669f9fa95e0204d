package threads.visibility;

import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The current value behind a lock with a condition. */
public final class Publisher<T> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition published = lock.newCondition();
  private T value;

  public void publish(T value) {
    Objects.requireNonNull(value);
    lock.lock();
    try {
      this.value = value;
      published.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public T getOrNull() {
    lock.lock();
    try {
      return value;
    } finally {
      lock.unlock();
    }
  }

  public T await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (value == null) {
        published.await();
      }
      return value;
    } finally {
      lock.unlock();
    }
  }
}
