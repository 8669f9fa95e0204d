// RXO | rejected by B2 | What the action does must not harm those who meet.
package locks.barrier;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

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
    destroy(round);
    round = new Round();
  }

  private void complete(Round mine) throws InterruptedException {
    boolean done = false;
    try {
      act();
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

  private void act() throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread actor =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (RuntimeException | Error e) {
                thrown.set(e);
              }
            });
    actor.start();
    actor.join();
    if (thrown.get() instanceof RuntimeException e) {
      throw e;
    }
    if (thrown.get() instanceof Error e) {
      throw e;
    }
  }

  private void destroy(Round mine) {
    mine.broken = true;
    notifyAll();
  }
}
