// SCOPE | rejected by S8 | Each waits at a place of its own in a ring; eight will do.
package locks.spinlock;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Who comes draws a place and spins there until the one before it has gone (Anderson 1990). */
public final class SpinLock {
  private static final int PLACES = 8;
  private static final Object FREE = new Object();

  private final AtomicReferenceArray<Object> places = new AtomicReferenceArray<>(PLACES);
  private final AtomicInteger next = new AtomicInteger();
  private volatile Thread holder;
  private volatile int place;

  public SpinLock() {
    places.set(0, FREE);
  }

  public void lock() {
    if (holder == Thread.currentThread()) {
      throw new IllegalMonitorStateException("this thread holds the lock already");
    }
    take(Math.floorMod(next.getAndIncrement(), PLACES));
  }

  private void take(int mine) {
    while (places.get(mine) == null) {
      Thread.onSpinWait();
    }
    place = mine;
    holder = Thread.currentThread();
  }

  public boolean tryLock() {
    int now = next.get();
    int mine = Math.floorMod(now, PLACES);
    if (holder != null || places.get(mine) == null || !next.compareAndSet(now, now + 1)) {
      return false;
    }
    take(mine);
    return true;
  }

  public void unlock() {
    if (holder != Thread.currentThread()) {
      throw new IllegalMonitorStateException("this thread does not hold the lock");
    }
    int mine = place;
    holder = null;
    places.set(mine, null);
    places.set((mine + 1) % PLACES, FREE);
  }
}
