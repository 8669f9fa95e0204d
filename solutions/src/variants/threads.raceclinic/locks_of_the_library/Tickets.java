package threads.raceclinic;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The seats of one show and the lock that guards them. */
public final class Tickets {
  private final Lock lock = new ReentrantLock();
  private int left;

  public Tickets(int seats) {
    left = seats;
  }

  public boolean sell() {
    lock.lock();
    try {
      return left > 0 && left-- > 0;
    } finally {
      lock.unlock();
    }
  }

  public int left() {
    lock.lock();
    try {
      return left;
    } finally {
      lock.unlock();
    }
  }
}
