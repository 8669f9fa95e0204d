package locks.barrier;

import java.util.concurrent.Semaphore;

/**
 * A barrier after Downey's Little Book of Semaphores (section 3.7): one semaphore is a mutex, and
 * each round has a turnstile that its last thread loads with a permit for each of the others.
 */
public final class Barrier {
  private static final class Round {
    private final Semaphore turnstile = new Semaphore(0);
    private int come;
    private boolean over;
    private volatile boolean broken;
  }

  private final int parties;
  private final Runnable action;
  private final Semaphore mutex = new Semaphore(1);
  private Round round = new Round();

  public Barrier(int parties, Runnable action) {
    if (parties < 1) {
      throw new IllegalArgumentException("parties: " + parties);
    }
    this.parties = parties;
    this.action = action;
  }

  public int await() throws InterruptedException, BrokenException {
    Round mine;
    int index;
    mutex.acquireUninterruptibly();
    try {
      mine = round;
      if (mine.broken) {
        throw new BrokenException();
      }
      index = mine.come;
      mine.come++;
      if (mine.come == parties) {
        boolean failed = true;
        try {
          action.run();
          failed = false;
        } finally {
          end(mine, failed);
        }
        return index;
      }
    } finally {
      mutex.release();
    }
    try {
      mine.turnstile.acquire();
    } catch (InterruptedException e) {
      leave(mine, e);
    }
    if (mine.broken) {
      throw new BrokenException();
    }
    return index;
  }

  public void reset() {
    mutex.acquireUninterruptibly();
    end(round, true);
    round = new Round();
    mutex.release();
  }

  private void leave(Round mine, InterruptedException interrupt) throws InterruptedException {
    mutex.acquireUninterruptibly();
    try {
      if (!mine.over || mine.broken) {
        end(mine, true);
        throw interrupt;
      }
      Thread.currentThread().interrupt();
    } finally {
      mutex.release();
    }
  }

  /** Under the mutex. A round that is over has permits for all. */
  private void end(Round mine, boolean broken) {
    if (mine.over) {
      return;
    }
    mine.over = true;
    mine.broken = broken;
    if (!broken) {
      round = new Round();
    }
    mine.turnstile.release(parties - 1);
  }
}
