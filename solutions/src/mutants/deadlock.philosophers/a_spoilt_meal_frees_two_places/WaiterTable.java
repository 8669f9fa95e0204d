// LEAK | rejected by D13 | Whoever spills the soup gets up at once.
package deadlock.philosophers;

import java.util.concurrent.Semaphore;

/** The waiter keeps one place free: of all who have sat down, one has no rival for a fork. */
public final class WaiterTable implements Table {
  private final Semaphore places;

  public WaiterTable(int seats) {
    places = new Semaphore(seats - 1, true);
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
        } catch (RuntimeException | Error e) {
          places.release();
          throw e;
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
