// SPCR | rejected by X6 | If nobody holds it, lock() returns at once.
package locks.spinlock;

import java.util.concurrent.atomic.AtomicReference;

/** Test and test-and-set on one reference to the holder. */
public final class SpinLock {
  private final AtomicReference<Thread> holder = new AtomicReference<>();

  public void lock() {
    Thread me = Thread.currentThread();
    if (holder.get() == me) {
      throw new IllegalMonitorStateException("this thread holds the lock already");
    }
    do {
      while (holder.get() != null) {
        Thread.onSpinWait();
      }
    } while (!holder.compareAndSet(null, me));
  }

  public boolean tryLock() {
    if (holder.get() != null) {
      return false;
    }
    lock();
    return true;
  }

  public void unlock() {
    if (holder.get() != Thread.currentThread()) {
      throw new IllegalMonitorStateException("this thread does not hold the lock");
    }
    holder.set(null);
  }
}
