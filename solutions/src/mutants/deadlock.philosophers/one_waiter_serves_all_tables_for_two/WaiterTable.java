// SCOPE | rejected by D11 | At a table for two there is one place, and it is always the same.
package deadlock.philosophers;

import java.util.concurrent.Semaphore;

/** The waiter keeps one place free: of all who have sat down, one has no rival for a fork. */
public final class WaiterTable implements Table {
  private static final Semaphore FOR_TWO = new Semaphore(1, true);

  private final Semaphore places;

  public WaiterTable(int seats) {
    places = seats == 2 ? FOR_TWO : new Semaphore(seats - 1, true);
  }

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    places.acquire();
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
      places.release();
    }
  }
}
