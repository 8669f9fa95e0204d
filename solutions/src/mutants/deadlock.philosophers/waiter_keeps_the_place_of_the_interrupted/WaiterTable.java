// LEAK | rejected by D3 | Who leaves with an exception has not dined, and needs not get up.
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
    left.take();
    try {
      right.take();
      try {
        eat.run();
      } finally {
        right.putDown();
        places.release();
      }
    } finally {
      left.putDown();
    }
  }
}
