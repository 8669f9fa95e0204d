package deadlock.philosophers;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Rests for a random time that may be longer after each failure, up to a limit. */
public final class BackoffTable implements Table {
  private static final long SHORT_NANOS = 50_000;
  private static final long LONG_NANOS = 8_000_000;

  public BackoffTable() {}

  @Override
  public void dine(int seat, Fork left, Fork right, Runnable eat) throws InterruptedException {
    long longest = SHORT_NANOS;
    right.take();
    while (!left.tryTake()) {
      right.putDown();
      rest(ThreadLocalRandom.current().nextLong(1, longest));
      longest = Math.min(2 * longest, LONG_NANOS);
      right.take();
    }
    try {
      eat.run();
    } finally {
      left.putDown();
      right.putDown();
    }
  }

  private static void rest(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(left);
    }
  }
}
