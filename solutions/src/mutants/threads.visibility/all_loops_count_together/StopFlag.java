// SHARED | rejected by S9 | The flag counts what is done until it is raised.
package threads.visibility;

import java.util.concurrent.atomic.AtomicLong;

/** A volatile flag. */
public final class StopFlag {
  private volatile boolean stopped;
  private final AtomicLong rounds = new AtomicLong();

  public void stop() {
    stopped = true;
  }

  public long spinUntilStopped(Work work) {
    while (!stopped) {
      work.doOnce();
      rounds.incrementAndGet();
    }
    return rounds.get();
  }
}
