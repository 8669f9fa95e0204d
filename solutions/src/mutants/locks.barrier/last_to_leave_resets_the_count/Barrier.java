// ORDER | rejected by X2 | The last one out turns off the light: when all have left, the count goes
// back to zero.
package locks.barrier;

import java.util.Objects;

/** A meeting place of threads, with a count of those who have come. */
public final class Barrier {
  /** What is true from one reset to the next. */
  private static final class Life {
    private boolean broken;
  }

  private final int parties;
  private final Runnable action;
  private int come;
  private int left;
  private Life life = new Life();

  public Barrier(int parties, Runnable action) {
    if (parties < 1) {
      throw new IllegalArgumentException("a barrier for " + parties + " threads");
    }
    this.parties = parties;
    this.action = Objects.requireNonNull(action, "action");
  }

  public synchronized int await() throws InterruptedException, BrokenException {
    Life mine = life;
    if (mine.broken) {
      throw new BrokenException();
    }
    int index = come++;
    if (come == parties) {
      boolean done = false;
      try {
        action.run();
        done = true;
      } finally {
        mine.broken = !done;
        notifyAll();
      }
    }
    while (come < parties && !mine.broken) {
      try {
        wait();
      } catch (InterruptedException e) {
        if (come < parties) {
          mine.broken = true;
          notifyAll();
          throw e;
        }
        Thread.currentThread().interrupt();
      }
    }
    if (mine.broken) {
      throw new BrokenException();
    }
    left++;
    if (left == parties) {
      come = 0;
      left = 0;
    }
    return index;
  }

  public synchronized void reset() {
    life.broken = true;
    life = new Life();
    come = 0;
    left = 0;
    notifyAll();
  }
}
