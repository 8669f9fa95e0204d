// MXC | rejected by D12 | Half of them can eat at once, so half of them may sit down.
package deadlock.philosophers;

import java.util.concurrent.Semaphore;

/** The waiter keeps one place free: of all who have sat down, one has no rival for a fork. */
public final class WaiterTable implements Table {
  private final Semaphore places;

  public WaiterTable(int seats) {
    places = new Semaphore(Math.max(1, seats / 2), true);
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
