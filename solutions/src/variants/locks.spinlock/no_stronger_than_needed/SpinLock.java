package locks.spinlock;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The same in the weakest access modes that do: acquire when it takes, release when it frees. */
public final class SpinLock {
  private static final VarHandle HOLDER;

  static {
    try {
      HOLDER = MethodHandles.lookup().findVarHandle(SpinLock.class, "holder", Thread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused")
  private Thread holder;

  public void lock() {
    Thread me = Thread.currentThread();
    if (HOLDER.getOpaque(this) == me) {
      throw new IllegalMonitorStateException();
    }
    while (true) {
      if (HOLDER.getOpaque(this) != null) {
        Thread.onSpinWait();
      } else if (HOLDER.weakCompareAndSetAcquire(this, null, me)) {
        return;
      }
    }
  }

  public boolean tryLock() {
    // The weak swap may fail for no reason, and nobody would try again here.
    return HOLDER.compareAndExchangeAcquire(this, null, Thread.currentThread()) == null;
  }

  public void unlock() {
    if (HOLDER.getOpaque(this) != Thread.currentThread()) {
      throw new IllegalMonitorStateException();
    }
    HOLDER.setRelease(this, null);
  }
}
