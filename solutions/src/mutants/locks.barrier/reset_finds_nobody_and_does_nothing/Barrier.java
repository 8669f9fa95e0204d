// RM_ELSE | rejected by B6 | Where nobody waits, there is nothing to begin anew.
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

  public synchronized int await() throws InterruptedException, BrokenException {
    Round mine = round;
    if (mine.broken) {
      throw new BrokenException();
    }
    if (Thread.interrupted()) {
      destroy(mine);
      throw new InterruptedException();
    }
    int index = mine.come++;
    if (mine.come == parties) {
      complete(mine);
      return index;
    }
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
    return index;
  }

  public synchronized void reset() {
    if (round.come > 0) {
      destroy(round);
      round = new Round();
    }
  }

  private void complete(Round mine) {
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
