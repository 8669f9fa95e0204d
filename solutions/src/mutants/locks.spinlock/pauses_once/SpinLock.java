// RTXC | rejected by S3 | The processor is told once that this thread waits; that will do.
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
    Thread.onSpinWait();
    do {
      while (holder.get() != null) {
        // Only looks.
      }
    } while (!holder.compareAndSet(null, me));
  }

  public boolean tryLock() {
    return holder.compareAndSet(null, Thread.currentThread());
  }

  public void unlock() {
    if (holder.get() != Thread.currentThread()) {
      throw new IllegalMonitorStateException("this thread does not hold the lock");
    }
    holder.set(null);
  }
}
