package locks.mutex;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;

/**
 * Everybody stands in the queue, and whoever finds the mutex free grants it to the first who is not
 * gone, which may be itself.
 */
public final class Mutex extends AbstractOwnableSynchronizer {
  private static final long serialVersionUID = 1L;

  private enum Fate {
    WAITING,
    GRANTED,
    GONE
  }

  private static final class Place {
    private final Thread thread = Thread.currentThread();
    private final AtomicReference<Fate> fate = new AtomicReference<>(Fate.WAITING);

    boolean isGranted() {
      return fate.get() == Fate.GRANTED;
    }

    boolean becomes(Fate next) {
      return fate.compareAndSet(Fate.WAITING, next);
    }
  }

  private final AtomicBoolean taken = new AtomicBoolean();
  private final transient Queue<Place> waiting = new ConcurrentLinkedQueue<>();
  private transient volatile Thread owner;
  private int holds;

  public void lock() {
    if (locksAgain()) {
      return;
    }
    Place place = queueUp();
    boolean interrupted = false;
    while (!place.isGranted()) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    begin();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  public void lockInterruptibly() throws InterruptedException {
    await(Long.MAX_VALUE);
  }

  public boolean tryLock() {
    if (locksAgain()) {
      return true;
    }
    if (!taken.compareAndSet(false, true)) {
      return false;
    }
    begin();
    return true;
  }

  public boolean tryLock(long millis) throws InterruptedException {
    return await(TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis)));
  }

  public void unlock() {
    if (!isHeldByCurrentThread()) {
      throw new IllegalMonitorStateException("held by " + owner);
    }
    holds--;
    if (holds == 0) {
      owner = null;
      setExclusiveOwnerThread(null);
      passOn();
    }
  }

  public boolean isHeldByCurrentThread() {
    return owner == Thread.currentThread();
  }

  public int holdCount() {
    return isHeldByCurrentThread() ? holds : 0;
  }

  public int queueLength() {
    return (int) waiting.stream().filter(p -> p.fate.get() == Fate.WAITING).count();
  }

  private boolean await(long nanos) throws InterruptedException {
    if (locksAgain()) {
      return true;
    }
    long begin = System.nanoTime();
    Place place = queueUp();
    while (!place.isGranted()) {
      long left = nanos - (System.nanoTime() - begin);
      if (Thread.currentThread().isInterrupted()) {
        if (place.becomes(Fate.GONE)) {
          waiting.remove(place);
          Thread.interrupted();
          throw new InterruptedException();
        }
      } else if (left <= 0) {
        if (place.becomes(Fate.GONE)) {
          waiting.remove(place);
          return false;
        }
      } else if (nanos == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, left);
      }
    }
    begin();
    return true;
  }

  private Place queueUp() {
    Place place = new Place();
    waiting.add(place);
    if (taken.compareAndSet(false, true)) {
      passOn();
    }
    return place;
  }

  /** Grants what this thread has taken to the first of the queue, or gives it back. */
  private void passOn() {
    do {
      for (Place next = waiting.poll(); next != null; next = waiting.poll()) {
        if (next.becomes(Fate.GRANTED)) {
          LockSupport.unpark(next.thread);
          return;
        }
      }
      taken.set(false);
      // Who came between the last poll and this line found it taken, and sleeps.
    } while (!waiting.isEmpty() && taken.compareAndSet(false, true));
  }

  private boolean locksAgain() {
    if (!isHeldByCurrentThread()) {
      return false;
    }
    holds++;
    return true;
  }

  private void begin() {
    holds = 1;
    owner = Thread.currentThread();
    setExclusiveOwnerThread(owner);
  }
}
