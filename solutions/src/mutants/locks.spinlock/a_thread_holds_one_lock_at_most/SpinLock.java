// SCOPE | rejected by S10 | Whether a thread holds the lock is the thread's own affair.
package locks.spinlock;

import java.util.concurrent.atomic.AtomicReference;

/** Test and test-and-set on one reference to the holder. */
public final class SpinLock {
  private static final ThreadLocal<Boolean> HOLDS = ThreadLocal.withInitial(() -> false);

  private final AtomicReference<Thread> holder = new AtomicReference<>();

  public void lock() {
    Thread me = Thread.currentThread();
    if (HOLDS.get()) {
      throw new IllegalMonitorStateException("this thread holds the lock already");
    }
    do {
      while (holder.get() != null) {
        Thread.onSpinWait();
      }
    } while (!holder.compareAndSet(null, me));
    HOLDS.set(true);
  }

  public boolean tryLock() {
    boolean got = holder.compareAndSet(null, Thread.currentThread());
    HOLDS.set(got || HOLDS.get());
    return got;
  }

  public void unlock() {
    if (holder.get() != Thread.currentThread()) {
      throw new IllegalMonitorStateException("this thread does not hold the lock");
    }
    HOLDS.set(false);
    holder.set(null);
  }
}
