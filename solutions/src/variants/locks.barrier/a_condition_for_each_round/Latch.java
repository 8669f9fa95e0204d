package locks.barrier;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A lock with one condition: the latch is open. */
public final class Latch {
  private final Lock lock = new ReentrantLock();
  private final Condition open = lock.newCondition();
  private int missing;

  public Latch(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count);
    }
    missing = count;
  }

  public void countDown() {
    lock.lock();
    try {
      if (missing > 0 && --missing == 0) {
        open.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  public void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (missing > 0) {
        open.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
