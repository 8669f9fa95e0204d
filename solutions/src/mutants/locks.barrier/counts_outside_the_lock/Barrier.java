// SHCR | rejected by X1 | Adding one is a single step; only the waiting needs the lock.
package locks.barrier;

import java.util.Objects;

/** A meeting place whose rounds are objects: a thread waits for the end of the one it came in. */
public final class Barrier {
  private static final class Round {
    private volatile int come;
    private boolean complete;
    private volatile boolean broken;
  }

  private final int parties;
  private final Runnable action;
  private volatile Round round = new Round();

  public Barrier(int parties, Runnable action) {
    if (parties < 1) {
      throw new IllegalArgumentException("a barrier for " + parties + " threads");
    }
    this.parties = parties;
    this.action = Objects.requireNonNull(action, "action");
  }

  public int await() throws InterruptedException, BrokenException {
    Round mine = round;
    if (mine.broken) {
      throw new BrokenException();
    }
    int index = mine.come++;
    if (index == parties - 1) {
      complete(mine);
    } else {
      awaitEnd(mine);
    }
    return index;
  }

  private synchronized void awaitEnd(Round mine) throws InterruptedException, BrokenException {
    while (!mine.complete && !mine.broken) {
      try {
        wait();
      } catch (InterruptedException e) {
        if (!mine.complete) {
          destroy(mine);
          throw e;
        }
        // Too late: the others have left, or will.
        Thread.currentThread().interrupt();
      }
    }
    if (mine.broken) {
      throw new BrokenException();
    }
  }

  public synchronized void reset() {
    destroy(round);
    round = new Round();
  }

  private synchronized void complete(Round mine) {
    boolean done = false;
    try {
      action.run();
      done = true;
    } finally {
      if (done) {
        mine.complete = true;
        round = new Round();
        notifyAll();
      } else {
        destroy(mine);
      }
    }
  }

  private void destroy(Round mine) {
    mine.broken = true;
    notifyAll();
  }
}
