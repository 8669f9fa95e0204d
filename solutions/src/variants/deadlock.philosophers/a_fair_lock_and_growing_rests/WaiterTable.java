package deadlock.philosophers;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A fair lock counts the places; who is told of a free one stands in its line at once. */
public final class WaiterTable implements Table {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition free = lock.newCondition();
  private int places;

  public WaiterTable(int seats) {
    places = seats - 1;
  }

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (places == 0) {
        free.await();
      }
      places--;
    } finally {
      lock.unlock();
    }
    try {
      left.take();
      try {
        right.take();
        try {
          eat.run();
        } finally {
          right.putDown();
        }
      } finally {
        left.putDown();
      }
    } finally {
      lock.lock();
      places++;
      free.signal();
      lock.unlock();
    }
  }
}
