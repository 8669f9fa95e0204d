// RVK | rejected by X1 | The swap must be atomic; a single write is atomic anyway.
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

  private Thread holder;

  public void lock() {
    Thread me = Thread.currentThread();
    if (HOLDER.getVolatile(this) == me) {
      throw new IllegalMonitorStateException();
    }
    do {
      while (HOLDER.getVolatile(this) != null) {
        Thread.onSpinWait();
      }
    } while (!HOLDER.compareAndSet(this, null, me));
  }

  public boolean tryLock() {
    return HOLDER.compareAndSet(this, null, Thread.currentThread());
  }

  public void unlock() {
    if (HOLDER.getVolatile(this) != Thread.currentThread()) {
      throw new IllegalMonitorStateException();
    }
    holder = null;
  }
}
