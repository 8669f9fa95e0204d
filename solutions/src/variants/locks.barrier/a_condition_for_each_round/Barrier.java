package locks.barrier;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A lock, and for each round a condition of its own, so that nobody wakes for another's round. */
public final class Barrier {
  private enum State {
    OPEN,
    COMPLETE,
    BROKEN
  }

  private final class Round {
    private final Condition over = lock.newCondition();
    private int missing = parties;
    private State state = State.OPEN;

    void end(State how) {
      state = how;
      over.signalAll();
    }
  }

  private final ReentrantLock lock = new ReentrantLock(true);
  private final int parties;
  private final Runnable action;
  private Round round;

  public Barrier(int parties, Runnable action) {
    if (parties < 1) {
      throw new IllegalArgumentException("parties: " + parties);
    }
    this.parties = parties;
    this.action = action;
    round = new Round();
  }

  public int await() throws InterruptedException, BrokenException {
    lock.lock();
    try {
      Round mine = round;
      if (mine.state == State.BROKEN) {
        throw new BrokenException();
      }
      mine.missing--;
      int index = parties - 1 - mine.missing;
      if (mine.missing == 0) {
        turn(mine);
      }
      boolean interrupted = false;
      while (mine.state == State.OPEN) {
        interrupted |= awaitOnce(mine);
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      if (mine.state == State.BROKEN) {
        throw new BrokenException();
      }
      return index;
    } finally {
      lock.unlock();
    }
  }

  public void reset() {
    lock.lock();
    try {
      round.end(State.BROKEN);
      round = new Round();
    } finally {
      lock.unlock();
    }
  }

  private void turn(Round mine) {
    try {
      action.run();
    } catch (Throwable e) {
      mine.end(State.BROKEN);
      throw e;
    }
    round = new Round();
    mine.end(State.COMPLETE);
  }

  /** Whether an interrupt came too late to break the round. */
  private static boolean awaitOnce(Round mine) throws InterruptedException {
    try {
      mine.over.await();
      return false;
    } catch (InterruptedException e) {
      if (mine.state == State.COMPLETE) {
        return true;
      }
      mine.end(State.BROKEN);
      throw e;
    }
  }
}
