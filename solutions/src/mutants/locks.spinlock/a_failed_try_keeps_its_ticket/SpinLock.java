// LEAK | rejected by X5 | If it is not my turn at once, I throw my ticket away.
package locks.spinlock;

import java.util.concurrent.atomic.AtomicInteger;

/** Draws a ticket and waits until its number is called: first come, first served. */
public final class SpinLock {
  private final AtomicInteger tickets = new AtomicInteger();
  private volatile int called;
  private volatile Thread holder;

  public void lock() {
    if (holder == Thread.currentThread()) {
      throw new IllegalMonitorStateException();
    }
    int mine = tickets.getAndIncrement();
    while (called != mine) {
      Thread.onSpinWait();
    }
    holder = Thread.currentThread();
  }

  public boolean tryLock() {
    if (called != tickets.getAndIncrement()) {
      return false;
    }
    holder = Thread.currentThread();
    return true;
  }

  public void unlock() {
    if (holder != Thread.currentThread()) {
      throw new IllegalMonitorStateException();
    }
    holder = null;
    // Nobody but the holder writes here.
    called = called + 1;
  }
}
