// HALF | rejected by X1 | Only writing needs a lock.
package threads.visibility;

/** A flag that is written under a lock. */
public final class StopFlag {
  private boolean stopped;

  public synchronized void stop() {
    stopped = true;
  }

  public long spinUntilStopped(Work work) {
    long rounds = 0;
    while (!stopped) {
      work.doOnce();
      rounds++;
    }
    return rounds;
  }
}
