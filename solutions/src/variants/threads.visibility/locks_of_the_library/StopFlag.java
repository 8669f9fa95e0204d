package threads.visibility;

import java.util.concurrent.CountDownLatch;

/** A latch that nobody waits for: it only remembers that it was opened. */
public final class StopFlag {
  private final CountDownLatch stopped = new CountDownLatch(1);

  public void stop() {
    stopped.countDown();
  }

  public long spinUntilStopped(Work work) {
    long rounds = 0;
    while (stopped.getCount() > 0) {
      work.doOnce();
      rounds++;
    }
    return rounds;
  }
}
