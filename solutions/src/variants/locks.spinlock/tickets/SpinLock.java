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
    int next = called;
    if (!tickets.compareAndSet(next, next + 1)) {
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
