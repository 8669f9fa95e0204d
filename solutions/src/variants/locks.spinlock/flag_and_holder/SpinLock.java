package locks.spinlock;

import java.util.concurrent.atomic.AtomicBoolean;

/** A flag that is swapped, and beside it the holder, who is written only while the flag is set. */
public final class SpinLock {
  private final AtomicBoolean taken = new AtomicBoolean();
  private volatile Thread holder;

  public void lock() {
    if (holder == Thread.currentThread()) {
      throw new IllegalMonitorStateException();
    }
    // The first swap may well succeed; only afterwards it pays to look.
    while (taken.getAndSet(true)) {
      while (taken.get()) {
        Thread.onSpinWait();
      }
    }
    holder = Thread.currentThread();
  }

  public boolean tryLock() {
    if (taken.get() || taken.getAndSet(true)) {
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
    taken.set(false);
  }
}
