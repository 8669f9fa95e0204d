// RVK | rejected by X1 | Opaque writes are seen by all threads, and cost less.
package locks.spinlock;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Test and test-and-set on a field. */
public final class SpinLock {
  private static final VarHandle HOLDER;

  static {
    try {
      HOLDER = MethodHandles.lookup().findVarHandle(SpinLock.class, "holder", Thread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile Thread holder;

  public void lock() {
    Thread me = Thread.currentThread();
    if (holder == me) {
      throw new IllegalMonitorStateException();
    }
    do {
      while (holder != null) {
        Thread.onSpinWait();
      }
    } while (!HOLDER.compareAndSet(this, null, me));
  }

  public boolean tryLock() {
    return HOLDER.compareAndSet(this, null, Thread.currentThread());
  }

  public void unlock() {
    if (holder != Thread.currentThread()) {
      throw new IllegalMonitorStateException();
    }
    HOLDER.setOpaque(this, null);
  }
}
