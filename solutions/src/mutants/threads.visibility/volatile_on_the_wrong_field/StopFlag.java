// RVK | rejected by X1 | One volatile variable makes the class safe.
package threads.visibility;

/** A flag, and how often the last loop went round. */
public final class StopFlag {
  private boolean stopped;
  private volatile long last;

  public void stop() {
    stopped = true;
  }

  public long spinUntilStopped(Work work) {
    long rounds = 0;
    while (!stopped) {
      work.doOnce();
      rounds++;
    }
    last = rounds;
    return last;
  }
}
