package locks.semaphore;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/** Permits as the state of a queued synchronizer, shared among those who take them. */
public final class CountingSemaphore {
  private static final class Permits extends AbstractQueuedSynchronizer {
    private static final long serialVersionUID = 1L;

    Permits(int permits) {
      setState(permits);
    }

    int available() {
      return getState();
    }

    @Override
    protected int tryAcquireShared(int wanted) {
      while (true) {
        int left = getState() - wanted;
        if (left < 0 || compareAndSetState(left + wanted, left)) {
          return left;
        }
      }
    }

    @Override
    protected boolean tryReleaseShared(int given) {
      while (true) {
        int now = getState();
        if (compareAndSetState(now, now + given)) {
          return true;
        }
      }
    }
  }

  private final Permits permits;

  public CountingSemaphore(int permits) {
    this.permits = new Permits(permits);
  }

  public void acquire() throws InterruptedException {
    permits.acquireSharedInterruptibly(1);
  }

  public boolean tryAcquire() {
    return permits.tryAcquireShared(1) >= 0;
  }

  public boolean tryAcquire(long millis) throws InterruptedException {
    return permits.tryAcquireSharedNanos(1, TimeUnit.MILLISECONDS.toNanos(millis));
  }

  public void release() {
    permits.releaseShared(1);
  }

  public int available() {
    return permits.available();
  }
}
