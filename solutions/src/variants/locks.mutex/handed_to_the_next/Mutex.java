package locks.mutex;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;

/**
 * A plain queue behind a door that is shut for a moment only; whoever unlocks makes the first of
 * the queue the owner.
 */
public final class Mutex extends AbstractOwnableSynchronizer {
  private static final long serialVersionUID = 1L;

  private static final class Waiter {
    private final Thread thread = Thread.currentThread();
    private volatile boolean granted;
  }

  private final AtomicBoolean shut = new AtomicBoolean();
  private final transient Deque<Waiter> waiting = new ArrayDeque<>();
  private transient volatile Thread owner;
  private int holds;

  public void lock() {
    Waiter me = enter();
    boolean interrupted = false;
    while (me != null && !me.granted) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  public void lockInterruptibly() throws InterruptedException {
    await(Long.MAX_VALUE);
  }

  public boolean tryLock() {
    shutDoor();
    try {
      return takes();
    } finally {
      shut.set(false);
    }
  }

  public boolean tryLock(long millis) throws InterruptedException {
    return await(TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis)));
  }

  public void unlock() {
    Waiter next = null;
    shutDoor();
    try {
      if (owner != Thread.currentThread()) {
        throw new IllegalMonitorStateException();
      }
      holds--;
      if (holds == 0) {
        next = waiting.pollFirst();
        handTo(next);
      }
    } finally {
      shut.set(false);
    }
    if (next != null) {
      LockSupport.unpark(next.thread);
    }
  }

  public boolean isHeldByCurrentThread() {
    return owner == Thread.currentThread();
  }

  public int holdCount() {
    return isHeldByCurrentThread() ? holds : 0;
  }

  public int queueLength() {
    shutDoor();
    try {
      return waiting.size();
    } finally {
      shut.set(false);
    }
  }

  private boolean await(long nanos) throws InterruptedException {
    long begin = System.nanoTime();
    Waiter me = enter();
    while (me != null && !me.granted) {
      long left = nanos - (System.nanoTime() - begin);
      boolean interrupted = Thread.interrupted();
      if (interrupted || left <= 0) {
        if (leaves(me)) {
          if (interrupted) {
            throw new InterruptedException();
          }
          return false;
        }
        // It has become the owner just now, so the interrupt is for later.
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      } else if (nanos == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, left);
      }
    }
    return true;
  }

  /** Takes the mutex, or a place in the queue, which is returned. */
  private Waiter enter() {
    shutDoor();
    try {
      if (takes()) {
        return null;
      }
      Waiter me = new Waiter();
      waiting.addLast(me);
      return me;
    } finally {
      shut.set(false);
    }
  }

  private boolean leaves(Waiter me) {
    shutDoor();
    try {
      return waiting.remove(me);
    } finally {
      shut.set(false);
    }
  }

  private boolean takes() {
    Thread me = Thread.currentThread();
    if (owner != null && owner != me) {
      return false;
    }
    owner = me;
    setExclusiveOwnerThread(me);
    holds++;
    return true;
  }

  private void handTo(Waiter next) {
    Thread thread = next == null ? null : next.thread;
    owner = thread;
    setExclusiveOwnerThread(thread);
    if (next != null) {
      holds = 1;
      next.granted = true;
    }
  }

  private void shutDoor() {
    while (!shut.compareAndSet(false, true)) {
      Thread.onSpinWait();
    }
  }
}
