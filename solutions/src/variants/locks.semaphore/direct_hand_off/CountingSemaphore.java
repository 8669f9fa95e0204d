package locks.semaphore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Hands each released permit to the thread that has waited longest, each on its own monitor. */
public final class CountingSemaphore {
  private static final class Waiter {
    private boolean granted;
  }

  private final Object lock = new Object();
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private int permits;

  public CountingSemaphore(int permits) {
    this.permits = permits;
  }

  public void acquire() throws InterruptedException {
    await(Long.MAX_VALUE);
  }

  public boolean tryAcquire() {
    synchronized (lock) {
      if (permits == 0) {
        return false;
      }
      permits--;
      return true;
    }
  }

  public boolean tryAcquire(long millis) throws InterruptedException {
    return await(TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis)));
  }

  public void release() {
    Waiter next;
    synchronized (lock) {
      next = waiters.pollFirst();
      if (next == null) {
        permits++;
        return;
      }
    }
    grant(next);
  }

  public int available() {
    synchronized (lock) {
      return permits;
    }
  }

  private static void grant(Waiter waiter) {
    synchronized (waiter) {
      waiter.granted = true;
      waiter.notify();
    }
  }

  private boolean await(long nanos) throws InterruptedException {
    Waiter me = new Waiter();
    synchronized (lock) {
      if (permits > 0) {
        permits--;
        return true;
      }
      waiters.addLast(me);
    }
    try {
      if (sleep(me, nanos)) {
        return true;
      }
    } catch (InterruptedException e) {
      if (!leave(me)) {
        release();
      }
      throw e;
    }
    return !leave(me);
  }

  /** Whether the waiter could leave before a permit was handed to it. */
  private boolean leave(Waiter me) {
    synchronized (lock) {
      return waiters.remove(me);
    }
  }

  private static boolean sleep(Waiter me, long nanos) throws InterruptedException {
    long begin = System.nanoTime();
    synchronized (me) {
      while (!me.granted) {
        long left = nanos - (System.nanoTime() - begin);
        if (left <= 0) {
          return false;
        }
        if (nanos == Long.MAX_VALUE) {
          me.wait();
        } else {
          me.wait(left / 1_000_000L + 1);
        }
      }
      return true;
    }
  }
}
