// HOLD_WAIT | rejected by X3 | tryTake cannot deadlock.
package deadlock.philosophers;

import java.util.concurrent.ThreadLocalRandom;

/** Who finds the second fork taken puts the first one down and rests for a random time. */
public final class BackoffTable implements Table {
  private static final int LONGEST_REST_MILLIS = 5;

  public BackoffTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    left.take();
    try {
      while (!right.tryTake()) {
        Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_REST_MILLIS + 1));
      }
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
