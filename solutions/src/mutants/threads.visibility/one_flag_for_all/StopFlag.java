// SCOPE | rejected by S11 | Stopped is stopped.
package threads.visibility;

/** A volatile flag. */
public final class StopFlag {
  private static volatile boolean stopped;

  public void stop() {
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
