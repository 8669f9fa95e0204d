// BUSY | rejected by B1 | Waiting means asking until the answer changes.
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
      if (mine.come == parties) {
        complete(mine);
        return index;
      }
    }
    while (!isOver(mine)) {
      if (Thread.interrupted()) {
        breakUnlessComplete(mine);
      }
    }
    return index;
  }

  private synchronized boolean isOver(Round mine) throws BrokenException {
    if (mine.broken) {
      throw new BrokenException();
    }
    return mine.complete;
  }

  private synchronized void breakUnlessComplete(Round mine) throws InterruptedException {
    if (!mine.complete) {
      destroy(mine);
      throw new InterruptedException();
    }
    Thread.currentThread().interrupt();
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
      if (done) {
        mine.complete = true;
        round = new Round();
      } else {
        destroy(mine);
      }
    }
  }

  private void destroy(Round mine) {
    mine.broken = true;
  }
}
