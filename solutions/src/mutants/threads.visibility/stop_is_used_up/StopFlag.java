// RM_GUARD | rejected by S1 | Afterwards the flag must be as it was.
package threads.visibility;

/** A volatile flag. */
public final class StopFlag {
  private volatile boolean stopped;

  public void stop() {
    stopped = true;
  }

  public long spinUntilStopped(Work work) {
    long rounds = 0;
    while (!stopped) {
      work.doOnce();
      rounds++;
    }
    stopped = false;
    return rounds;
  }
}
