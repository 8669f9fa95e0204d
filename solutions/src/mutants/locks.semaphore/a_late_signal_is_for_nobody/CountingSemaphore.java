// LOST_SIGNAL | rejected by X11 | If my time is over I go, whatever I was told in this moment.
package locks.semaphore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A number of permits; each waiting thread has a bell of its own, which a release rings. */
public final class CountingSemaphore {
  private static final class Bell {
    private final Thread thread = Thread.currentThread();
    private volatile boolean rung;
  }

  private final Deque<Bell> bells = new ArrayDeque<>();
  private int permits;

  public CountingSemaphore(int permits) {
    if (permits < 0) {
      throw new IllegalArgumentException("permits must not be negative: " + permits);
    }
    this.permits = permits;
  }

  public void acquire() throws InterruptedException {
    for (Bell mine = takeOrHang(); mine != null; mine = takeOrHang()) {
      while (!mine.rung) {
        LockSupport.park(this);
        if (Thread.interrupted()) {
          passOn(mine);
          throw new InterruptedException();
        }
      }
    }
  }

  public synchronized boolean tryAcquire() {
    if (permits == 0) {
      return false;
    }
    permits--;
    return true;
  }

  public boolean tryAcquire(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
    for (Bell mine = takeOrHang(); mine != null; mine = takeOrHang()) {
      while (!mine.rung) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          takeDown(mine);
          return false;
        }
        LockSupport.parkNanos(this, left);
        if (Thread.interrupted()) {
          passOn(mine);
          throw new InterruptedException();
        }
      }
    }
    return true;
  }

  /** A bell, if there is no permit. */
  private synchronized Bell takeOrHang() {
    if (tryAcquire()) {
      return null;
    }
    Bell mine = new Bell();
    bells.addLast(mine);
    return mine;
  }

  private synchronized void takeDown(Bell mine) {
    bells.remove(mine);
  }

  private synchronized void passOn(Bell mine) {
    if (!bells.remove(mine)) {
      ring();
    }
  }

  private void ring() {
    Bell first = bells.pollFirst();
    if (first != null) {
      first.rung = true;
      LockSupport.unpark(first.thread);
    }
  }

  public synchronized void release() {
    permits++;
    ring();
  }

  public synchronized int available() {
    return permits;
  }
}
