// LEAK | rejected by D13 | Whatever happens, the place goes back.
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
    try {
      places.acquire();
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
