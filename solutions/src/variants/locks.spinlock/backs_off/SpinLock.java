package locks.spinlock;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Waits longer, and not always equally long, each time that another thread was quicker. */
public final class SpinLock {
  private static final int LONGEST = 8;

  /** The id of the holder, 0 if there is none. */
  private final AtomicLong holder = new AtomicLong();

  public void lock() {
    long me = Thread.currentThread().getId();
    if (holder.get() == me) {
      throw new IllegalMonitorStateException();
    }
    int longest = 1;
    while (true) {
      while (holder.get() != 0) {
        Thread.onSpinWait();
      }
      if (holder.compareAndSet(0, me)) {
        return;
      }
      for (int i = ThreadLocalRandom.current().nextInt(longest); i >= 0; i--) {
        Thread.onSpinWait();
      }
      longest = Math.min(LONGEST, longest * 2);
    }
  }

  public boolean tryLock() {
    return holder.get() == 0 && holder.compareAndSet(0, Thread.currentThread().getId());
  }

  public void unlock() {
    if (!holder.compareAndSet(Thread.currentThread().getId(), 0)) {
      throw new IllegalMonitorStateException();
    }
  }
}
