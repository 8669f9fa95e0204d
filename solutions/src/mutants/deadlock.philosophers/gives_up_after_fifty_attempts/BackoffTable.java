// BOUNDED_RETRY | rejected by X5 | Who was refused fifty times is hungry no more.
package deadlock.philosophers;

import java.util.concurrent.ThreadLocalRandom;

/** Who finds the second fork taken puts the first one down and rests for a random time. */
public final class BackoffTable implements Table {
  private static final int LONGEST_REST_MILLIS = 5;

  public BackoffTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    for (int attempt = 1; attempt <= 50 && !eats(left, right, eat); attempt++) {
      Thread.sleep(ThreadLocalRandom.current().nextInt(LONGEST_REST_MILLIS + 1));
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
