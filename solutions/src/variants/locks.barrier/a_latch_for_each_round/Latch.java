package locks.barrier;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/** The missing counts as the state of a queued synchronizer, which is shared once it is zero. */
public final class Latch {
  private static final class Missing extends AbstractQueuedSynchronizer {
    private static final long serialVersionUID = 1L;

    Missing(int count) {
      setState(count);
    }

    @Override
    protected int tryAcquireShared(int ignored) {
      return getState() == 0 ? 1 : -1;
    }

    @Override
    protected boolean tryReleaseShared(int ignored) {
      while (true) {
        int seen = getState();
        if (seen == 0) {
          return false;
        }
        if (compareAndSetState(seen, seen - 1)) {
          return seen == 1;
        }
      }
    }
  }

  private final Missing missing;

  public Latch(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count);
    }
    missing = new Missing(count);
  }

  public void countDown() {
    missing.releaseShared(1);
  }

  public void await() throws InterruptedException {
    missing.acquireSharedInterruptibly(1);
  }
}
