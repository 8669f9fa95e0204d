package locks.mutex;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;

/**
 * The number of holds in an atomic, the owner where the superclass keeps it: as the library's own
 * locks do. Reading the owner needs no lock, for only the owner itself finds itself there.
 */
public final class Mutex extends AbstractOwnableSynchronizer {
  private static final long serialVersionUID = 1L;

  private final AtomicInteger holds = new AtomicInteger();
  private final transient Queue<Thread> waiting = new ConcurrentLinkedQueue<>();

  public void lock() {
    if (locksAgain()) {
      return;
    }
    Thread me = Thread.currentThread();
    boolean interrupted = false;
    waiting.add(me);
    while (!takesTurn(me)) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
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
    int left = holds.get() - 1;
    if (left == 0) {
      setExclusiveOwnerThread(null);
    }
    holds.set(left);
    if (left == 0) {
      LockSupport.unpark(waiting.peek());
    }
  }

  public boolean isHeldByCurrentThread() {
    return getExclusiveOwnerThread() == Thread.currentThread();
  }

  public int holdCount() {
    return isHeldByCurrentThread() ? holds.get() : 0;
  }

  public int queueLength() {
    return waiting.size();
  }

  private boolean locksAgain() {
    if (!isHeldByCurrentThread()) {
      return false;
    }
    holds.set(holds.get() + 1);
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
    if (!holds.compareAndSet(0, 1)) {
      return false;
    }
    setExclusiveOwnerThread(me);
    return true;
  }

  /** Gives up waiting; a turn that has just come goes to the next one. */
  private void leave(Thread me) {
    waiting.remove(me);
    if (holds.get() == 0) {
      LockSupport.unpark(waiting.peek());
    }
  }
}
