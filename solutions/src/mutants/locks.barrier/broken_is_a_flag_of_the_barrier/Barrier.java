// STALE | rejected by X7 | A reset sets the flag, wakes everybody, and clears it again.
package locks.barrier;

import java.util.Objects;

/** A meeting place of threads, with a count of those who have come. */
public final class Barrier {
  private final int parties;
  private final Runnable action;
  private int come;
  private long round;
  private boolean broken;

  public Barrier(int parties, Runnable action) {
    if (parties < 1) {
      throw new IllegalArgumentException("a barrier for " + parties + " threads");
    }
    this.parties = parties;
    this.action = Objects.requireNonNull(action, "action");
  }

  public synchronized int await() throws InterruptedException, BrokenException {
    if (broken) {
      throw new BrokenException();
    }
    long mine = round;
    int index = come++;
    if (come == parties) {
      boolean done = false;
      try {
        action.run();
        done = true;
      } finally {
        begin();
        broken = !done;
      }
      return index;
    }
    while (round == mine && !broken) {
      try {
        wait();
      } catch (InterruptedException e) {
        if (round == mine) {
          broken = true;
          notifyAll();
          throw e;
        }
        Thread.currentThread().interrupt();
      }
    }
    if (broken) {
      throw new BrokenException();
    }
    return index;
  }

  public synchronized void reset() {
    broken = true;
    notifyAll();
    come = 0;
    broken = false;
  }

  private void begin() {
    come = 0;
    round++;
    notifyAll();
  }
}
