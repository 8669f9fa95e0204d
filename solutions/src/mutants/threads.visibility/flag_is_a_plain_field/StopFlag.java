// RVK | rejected by X1 | Both threads see the same heap.
package threads.visibility;

/** A flag. */
public final class StopFlag {
  private boolean stopped;

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
