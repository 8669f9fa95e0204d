// ORDER | rejected by X10 | The action may take long, so it runs without the lock; then the round
// is complete.
package locks.barrier;

import java.util.Objects;

/** A meeting place whose rounds are objects: a thread waits for the end of the one it came in. */
public final class Barrier {
  private static final class Round {
    private int come;
    private boolean complete;
    private boolean broken;
  }

  private final int parties;
  private final Runnable action;
  private Round round = new Round();

  public Barrier(int parties, Runnable action) {
    if (parties < 1) {
      throw new IllegalArgumentException("a barrier for " + parties + " threads");
    }
    this.parties = parties;
    this.action = Objects.requireNonNull(action, "action");
  }

  public int await() throws InterruptedException, BrokenException {
    Round mine;
    int index;
    synchronized (this) {
      mine = round;
      if (mine.broken) {
        throw new BrokenException();
      }
      index = mine.come++;
      if (mine.come < parties) {
        waitFor(mine);
        return index;
      }
      round = new Round();
    }
    complete(mine);
    return index;
  }

  private void waitFor(Round mine) throws InterruptedException, BrokenException {
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

  private void complete(Round mine) {
    boolean done = false;
    try {
      action.run();
      done = true;
    } finally {
      synchronized (this) {
        mine.complete = done && !mine.broken;
        mine.broken = !mine.complete;
        notifyAll();
      }
    }
  }

  private void destroy(Round mine) {
    mine.broken = true;
    notifyAll();
  }
}
