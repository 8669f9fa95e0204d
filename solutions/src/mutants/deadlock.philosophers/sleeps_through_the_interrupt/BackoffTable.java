// SWALLOW | rejected by D3 | Nobody disturbs a philosopher at rest.
package deadlock.philosophers;

import java.util.concurrent.ThreadLocalRandom;

/** Who finds the second fork taken puts the first one down and rests for a random time. */
public final class BackoffTable implements Table {
  private static final int LONGEST_REST_MILLIS = 5;

  public BackoffTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    while (!eats(left, right, eat)) {
      try {
        Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_REST_MILLIS + 1));
      } catch (InterruptedException e) {
        continue;
      }
    }
  }

  private static void takeInPeace(Fork fork) {
    while (true) {
      try {
        fork.take();
        return;
      } catch (InterruptedException e) {
        continue;
      }
    }
  }

  private static boolean eats(Fork left, Fork right, Runnable eat) {
    takeInPeace(left);
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
