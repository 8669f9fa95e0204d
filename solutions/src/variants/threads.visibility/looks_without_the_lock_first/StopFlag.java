package threads.visibility;

import java.util.concurrent.atomic.AtomicBoolean;

/** An atomic flag. */
public final class StopFlag {
  private final AtomicBoolean stopped = new AtomicBoolean();

  public void stop() {
    stopped.set(true);
  }

  public long spinUntilStopped(Work work) {
    long rounds = 0;
    for (; !stopped.get(); rounds++) {
      work.doOnce();
    }
    return rounds;
  }
}
