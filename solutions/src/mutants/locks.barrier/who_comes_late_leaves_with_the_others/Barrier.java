// EELO | rejected by X9 | Beyond the last one nobody comes before the round is over.
package locks.barrier;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A barrier without locks. Tickets say who is the last; one compare-and-set decides whether a round
 * turns or breaks, so that an interrupt that loses it comes too late.
 */
public final class Barrier {
  private enum State {
    OPEN,
    TURNING,
    COMPLETE,
    BROKEN
  }

  private static final class Round {
    private final AtomicInteger tickets = new AtomicInteger();
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final Queue<Thread> parked = new ConcurrentLinkedQueue<>();

    boolean isOver() {
      return state.get() == State.COMPLETE || state.get() == State.BROKEN;
    }

    void end(State how) {
      state.set(how);
      parked.forEach(LockSupport::unpark);
    }

    boolean breakIfOpen() {
      if (!state.compareAndSet(State.OPEN, State.BROKEN)) {
        return false;
      }
      parked.forEach(LockSupport::unpark);
      return true;
    }
  }

  private final int parties;
  private final Runnable action;
  private final AtomicReference<Round> round = new AtomicReference<>(new Round());

  public Barrier(int parties, Runnable action) {
    if (parties < 1) {
      throw new IllegalArgumentException("parties: " + parties);
    }
    this.parties = parties;
    this.action = action;
  }

  public int await() throws InterruptedException, BrokenException {
    while (true) {
      Round mine = round.get();
      int ticket = mine.tickets.getAndIncrement();
      if (ticket == parties - 1 && mine.state.compareAndSet(State.OPEN, State.TURNING)) {
        turn(mine);
        return ticket;
      }
      // Beyond the last ticket there is only the end of this round to wait for.
      boolean inVain = ticket > parties;
      awaitEnd(mine, inVain);
      if (mine.state.get() == State.BROKEN) {
        throw new BrokenException();
      }
      if (!inVain) {
        return ticket;
      }
    }
  }

  public void reset() {
    Round old = round.get();
    State seen = old.state.get();
    if (seen == State.OPEN || seen == State.BROKEN) {
      // The new round is there before anybody is sent home, and may come back.
      round.compareAndSet(old, new Round());
      old.breakIfOpen();
    }
  }

  private void turn(Round mine) {
    try {
      action.run();
    } catch (Throwable e) {
      mine.end(State.BROKEN);
      throw e;
    }
    round.compareAndSet(mine, new Round());
    mine.end(State.COMPLETE);
  }

  private static void awaitEnd(Round mine, boolean inVain) throws InterruptedException {
    boolean interrupted = false;
    mine.parked.add(Thread.currentThread());
    while (!mine.isOver()) {
      if (Thread.interrupted()) {
        if (!inVain && mine.breakIfOpen()) {
          throw new InterruptedException();
        }
        interrupted = true;
      }
      if (!mine.isOver()) {
        LockSupport.park(mine);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
