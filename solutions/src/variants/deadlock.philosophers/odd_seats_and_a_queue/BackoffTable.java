package deadlock.philosophers;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Tries both forks, waits for neither, and parks between two attempts. */
public final class BackoffTable implements Table {
  private static final int LONGEST_REST_NANOS = 2_000_000;

  private final Random random = new Random();

  public BackoffTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    while (true) {
      if (left.tryTake()) {
        try {
          if (right.tryTake()) {
            try {
              eat.run();
              return;
            } finally {
              right.putDown();
            }
          }
        } finally {
          left.putDown();
        }
      }
      LockSupport.parkNanos(this, random.nextInt(LONGEST_REST_NANOS));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
