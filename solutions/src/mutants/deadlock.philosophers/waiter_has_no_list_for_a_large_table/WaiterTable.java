// SMALL_NUMBERS | rejected by D4 | At a large table somebody always waits for something else.
package deadlock.philosophers;

import java.util.concurrent.Semaphore;

/** The waiter keeps one place free: of all who have sat down, one has no rival for a fork. */
public final class WaiterTable implements Table {
  private static final int LARGE = 6;

  private final Semaphore places;

  public WaiterTable(int seats) {
    places = new Semaphore(seats <= LARGE ? seats - 1 : seats, true);
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
