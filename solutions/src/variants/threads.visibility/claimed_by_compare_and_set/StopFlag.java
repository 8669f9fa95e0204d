package threads.visibility;

/** A flag that is read and written under the same lock. */
public final class StopFlag {
  private boolean stopped;

  public synchronized void stop() {
    stopped = true;
  }

  public long spinUntilStopped(Work work) {
    long rounds = 0;
    while (!isStopped()) {
      work.doOnce();
      rounds++;
    }
    return rounds;
  }

  private synchronized boolean isStopped() {
    return stopped;
  }
}
