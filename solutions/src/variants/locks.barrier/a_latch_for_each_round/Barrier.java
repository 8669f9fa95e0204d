package locks.barrier;

/** A barrier that hangs up a new latch of one count for each round; nobody waits in its monitor. */
public final class Barrier {
  private static final class Round {
    private final Latch over = new Latch(1);
    private int come;
    private boolean complete;
    private boolean broken;
  }

  private final int parties;
  private final Runnable action;
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
    synchronized (this) {
      mine = round;
      if (mine.broken) {
        throw new BrokenException();
      }
      index = mine.come++;
      if (mine.come == parties) {
        turn(mine);
        return index;
      }
    }
    try {
      mine.over.await();
    } catch (InterruptedException e) {
      breakUnlessComplete(mine, e);
    }
    if (isBroken(mine)) {
      throw new BrokenException();
    }
    return index;
  }

  public synchronized void reset() {
    destroy(round);
    round = new Round();
  }

  private void turn(Round mine) {
    try {
      action.run();
      mine.complete = true;
      round = new Round();
    } finally {
      mine.broken = !mine.complete;
      mine.over.countDown();
    }
  }

  private synchronized void breakUnlessComplete(Round mine, InterruptedException interrupt)
      throws InterruptedException {
    if (mine.complete) {
      Thread.currentThread().interrupt();
      return;
    }
    destroy(mine);
    throw interrupt;
  }

  private synchronized boolean isBroken(Round mine) {
    return mine.broken;
  }

  private static void destroy(Round mine) {
    mine.broken = true;
    mine.over.countDown();
  }
}
