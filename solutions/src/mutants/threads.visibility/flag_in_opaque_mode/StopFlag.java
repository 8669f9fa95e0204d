// RVK | rejected by X2 | Opaque is seen by everybody in the end, and that is enough.
package threads.visibility;

import java.util.concurrent.atomic.AtomicBoolean;

/** An atomic flag in the cheapest mode. */
public final class StopFlag {
  private final AtomicBoolean stopped = new AtomicBoolean();

  public void stop() {
    stopped.setOpaque(true);
  }

  public long spinUntilStopped(Work work) {
    long rounds = 0;
    while (!stopped.getOpaque()) {
      work.doOnce();
      rounds++;
    }
    return rounds;
  }
}
