package deadlock.philosophers;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Begins each new attempt with the fork that it could not get in the last one. */
public final class BackoffTable implements Table {
  private static final long LONGEST_REST_MICROS = 9_000;

  public BackoffTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    Fork first = left;
    Fork second = right;
    while (true) {
      first.take();
      boolean both = false;
      try {
        both = second.tryTake();
        if (both) {
          eat.run();
          return;
        }
      } finally {
        if (both) {
          second.putDown();
        }
        first.putDown();
      }
      TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextLong(LONGEST_REST_MICROS));
      Fork lacking = second;
      second = first;
      first = lacking;
    }
  }
}
