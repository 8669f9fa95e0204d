// STARVE | rejected by X5 | Who has failed again has not rested enough.
package deadlock.philosophers;

import java.util.concurrent.ThreadLocalRandom;

/** Who finds the second fork taken puts the first one down and rests for a random time. */
public final class BackoffTable implements Table {
  private static final int LONGEST_REST_MILLIS = 5;

  public BackoffTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    int longest = LONGEST_REST_MILLIS;
    while (!eats(left, right, eat)) {
      Thread.sleep(ThreadLocalRandom.current().nextInt(longest + 1));
      longest *= 2;
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
