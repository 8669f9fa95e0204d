// SHCR | rejected by X3 | First see whether it is taken, then queue up, then sleep.
package locks.mutex;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;

/**
 * An owner that is set by compare-and-set, and a queue of parked threads, of which only the first
 * one tries.
 */
public final class Mutex extends AbstractOwnableSynchronizer {
  private static final long serialVersionUID = 1L;

  private final transient AtomicReference<Thread> owner = new AtomicReference<>();
  private final transient Queue<Thread> waiting = new ConcurrentLinkedQueue<>();

  /** Touched by the owner only. */
  private int holds;

  public void lock() {
    if (locksAgain()) {
      return;
    }
    Thread me = Thread.currentThread();
    boolean interrupted = false;
    if (waiting.isEmpty() && takes(me)) {
      return;
    }
    waiting.add(me);
    do {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    } while (!takesTurn(me));
    if (interrupted) {
      me.interrupt();
    }
  }

  public void lockInterruptibly() throws InterruptedException {
    if (locksAgain()) {
      return;
    }
    Thread me = Thread.currentThread();
    waiting.add(me);
    while (!takesTurn(me)) {
      if (Thread.interrupted()) {
        leave(me);
        throw new InterruptedException();
      }
      LockSupport.park(this);
    }
  }

  public boolean tryLock() {
    return locksAgain() || takes(Thread.currentThread());
  }

  public boolean tryLock(long millis) throws InterruptedException {
    if (locksAgain()) {
      return true;
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
    Thread me = Thread.currentThread();
    waiting.add(me);
    while (!takesTurn(me)) {
      long left = end - System.nanoTime();
      if (Thread.interrupted()) {
        leave(me);
        throw new InterruptedException();
      }
      if (left <= 0) {
        leave(me);
        return false;
      }
      LockSupport.parkNanos(this, left);
    }
    return true;
  }

  public void unlock() {
    if (!isHeldByCurrentThread()) {
      throw new IllegalMonitorStateException("this thread does not hold the mutex");
    }
    holds--;
    if (holds == 0) {
      setExclusiveOwnerThread(null);
      owner.set(null);
      LockSupport.unpark(waiting.peek());
    }
  }

  public boolean isHeldByCurrentThread() {
    return owner.get() == Thread.currentThread();
  }

  public int holdCount() {
    return isHeldByCurrentThread() ? holds : 0;
  }

  public int queueLength() {
    return waiting.size();
  }

  private boolean locksAgain() {
    if (!isHeldByCurrentThread()) {
      return false;
    }
    holds++;
    return true;
  }

  private boolean takesTurn(Thread me) {
    if (waiting.peek() != me || !takes(me)) {
      return false;
    }
    waiting.remove();
    return true;
  }

  private boolean takes(Thread me) {
    if (!owner.compareAndSet(null, me)) {
      return false;
    }
    setExclusiveOwnerThread(me);
    holds = 1;
    return true;
  }

  /** Gives up waiting; a turn that has just come goes to the next one. */
  private void leave(Thread me) {
    waiting.remove(me);
    if (owner.get() == null) {
      LockSupport.unpark(waiting.peek());
    }
  }
}
