package deadlock.philosophers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The waiter sees the whole table, as in Tanenbaum's solution, and serves a philosopher when
 * neither neighbour eats; but nobody is served before a neighbour who has waited longer.
 */
public final class WaiterTable implements Table {
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Integer> hungry = new ArrayList<>();
  private final List<Integer> eating = new ArrayList<>();
  private final int seats;

  public WaiterTable(int seats) {
    this.seats = seats;
  }

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    lock.lockInterruptibly();
    Integer me = seat;
    try {
      hungry.add(me);
      try {
        while (!mayEat(seat)) {
          changed.await();
        }
        eating.add(me);
      } finally {
        hungry.remove(me);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    try {
      eatWith(left, right, eat);
    } finally {
      lock.lock();
      try {
        eating.remove(me);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean mayEat(int seat) {
    if (eating.contains(seat) || eating.stream().anyMatch(other -> areNeighbours(seat, other))) {
      return false;
    }
    for (int earlier : hungry) {
      if (earlier == seat) {
        return true;
      }
      if (areNeighbours(seat, earlier)) {
        return false;
      }
    }
    return false;
  }

  private boolean areNeighbours(int one, int other) {
    int distance = Math.abs(one - other);
    return distance == 1 || distance == seats - 1;
  }

  /** Nobody else wants these forks now. */
  private static void eatWith(Fork left, Fork right, Runnable eat) throws InterruptedException {
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
  }
}
