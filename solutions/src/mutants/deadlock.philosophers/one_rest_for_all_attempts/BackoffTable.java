// BACKOFF_CONST | rejected by X5 | A random number is different from the others, so one will do.
package deadlock.philosophers;

import java.util.concurrent.ThreadLocalRandom;

/** Who finds the second fork taken puts the first one down and rests for a random time. */
public final class BackoffTable implements Table {
  private static final int LONGEST_REST_MILLIS = 5;

  public BackoffTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    int rest = 1 + ThreadLocalRandom.current().nextInt(LONGEST_REST_MILLIS);
    while (!eats(left, right, eat)) {
      Thread.sleep(rest);
    }
  }

  private static boolean eats(Fork left, Fork right, Runnable eat) throws InterruptedException {
    left.take();
    try {
      if (!right.tryTake()) {
        return false;
      }
      try {
        eat.run();
        return true;
      } finally {
        right.putDown();
      }
    } finally {
      left.putDown();
    }
  }
}
