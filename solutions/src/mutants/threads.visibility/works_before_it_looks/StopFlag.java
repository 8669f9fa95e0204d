// MXC | rejected by S1 | The work is done at least once.
package threads.visibility;

/** A volatile flag. */
public final class StopFlag {
  private volatile boolean stopped;

  public void stop() {
    stopped = true;
  }

  public long spinUntilStopped(Work work) {
    long rounds = 0;
    do {
      work.doOnce();
      rounds++;
    } while (!stopped);
    return rounds;
  }
}
