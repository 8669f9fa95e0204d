// ABA | rejected by S13 | If the first of the line is still the first, nothing has happened.
package locks.semaphore;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Permits in an atomic number; who waits stands in a line without locks, last come, first served.
 */
public final class CountingSemaphore {
  /** A thread's place in the line, which is made once and used whenever it waits. */
  private static final class Place {
    private final Thread thread;
    private final AtomicBoolean waits = new AtomicBoolean();
    private volatile Place behind;

    Place(Thread thread) {
      this.thread = thread;
    }
  }

  private final AtomicInteger permits;
  private final AtomicReference<Place> first = new AtomicReference<>();
  private final Map<Thread, Place> places = new ConcurrentHashMap<>();

  public CountingSemaphore(int permits) {
    if (permits < 0) {
      throw new IllegalArgumentException("permits must not be negative: " + permits);
    }
    this.permits = new AtomicInteger(permits);
  }

  public void acquire() throws InterruptedException {
    take(false, 0);
  }

  public boolean tryAcquire() {
    for (int free = permits.get(); free > 0; free = permits.get()) {
      if (permits.compareAndSet(free, free - 1)) {
        return true;
      }
    }
    return false;
  }

  public boolean tryAcquire(long millis) throws InterruptedException {
    return take(true, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis)));
  }

  private boolean take(boolean limited, long end) throws InterruptedException {
    Place mine = places.computeIfAbsent(Thread.currentThread(), Place::new);
    while (!tryAcquire()) {
      stand(mine);
      if (permits.get() > 0) {
        wakeFirst();
      }
      while (mine.waits.get()) {
        if (limited) {
          LockSupport.parkNanos(this, Math.max(1, end - System.nanoTime()));
        } else {
          LockSupport.park(this);
        }
        boolean interrupted = Thread.interrupted();
        if (interrupted || limited && end - System.nanoTime() <= 0) {
          return leave(mine, interrupted);
        }
      }
    }
    return true;
  }

  private void stand(Place mine) {
    mine.waits.set(true);
    do {
      mine.behind = first.get();
    } while (!first.compareAndSet(mine.behind, mine));
  }

  /** What was woken just then wakes the next one; a place that is still in the line is given up. */
  private boolean leave(Place mine, boolean interrupted) throws InterruptedException {
    places.remove(Thread.currentThread());
    if (!mine.waits.compareAndSet(true, false) && permits.get() > 0) {
      wakeFirst();
    }
    if (interrupted) {
      throw new InterruptedException();
    }
    return tryAcquire();
  }

  private void wakeFirst() {
    Place woken;
    do {
      woken = first.get();
      while (woken != null && !first.compareAndSet(woken, woken.behind)) {
        woken = first.get();
      }
    } while (woken != null && !woken.waits.compareAndSet(true, false));
    if (woken != null) {
      LockSupport.unpark(woken.thread);
    }
  }

  public void release() {
    permits.incrementAndGet();
    wakeFirst();
  }

  public int available() {
    return permits.get();
  }
}
