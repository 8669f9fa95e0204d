package locks.mutex;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** Owner, holds and queue in one immutable value, which is exchanged as a whole. */
public final class Mutex extends AbstractOwnableSynchronizer {
  private static final long serialVersionUID = 1L;

  private record State(Thread owner, int holds, List<Thread> queue) {
    static final State FREE = new State(null, 0, List.of());

    /** With this thread as the owner if it can be, or in the queue. */
    State entered(Thread thread) {
      if (owner == null || owner == thread) {
        return new State(thread, holds + 1, queue);
      }
      List<Thread> longer = new ArrayList<>(queue);
      longer.add(thread);
      return new State(owner, holds, List.copyOf(longer));
    }

    State tried(Thread thread) {
      return owner == null || owner == thread ? entered(thread) : this;
    }

    State left() {
      if (holds > 1) {
        return new State(owner, holds - 1, queue);
      }
      return queue.isEmpty() ? FREE : new State(queue.get(0), 1, queue.subList(1, queue.size()));
    }

    State without(Thread thread) {
      List<Thread> shorter = new ArrayList<>(queue);
      shorter.remove(thread);
      return new State(owner, holds, List.copyOf(shorter));
    }
  }

  private final transient AtomicReference<State> state = new AtomicReference<>(State.FREE);

  public void lock() {
    Thread me = Thread.currentThread();
    boolean interrupted = false;
    change(s -> s.entered(me));
    while (!isHeldByCurrentThread()) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    setExclusiveOwnerThread(me);
    if (interrupted) {
      me.interrupt();
    }
  }

  public void lockInterruptibly() throws InterruptedException {
    await(Long.MAX_VALUE);
  }

  public boolean tryLock() {
    Thread me = Thread.currentThread();
    if (change(s -> s.tried(me)).owner() != me) {
      return false;
    }
    setExclusiveOwnerThread(me);
    return true;
  }

  public boolean tryLock(long millis) throws InterruptedException {
    return await(TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis)));
  }

  public void unlock() {
    if (!isHeldByCurrentThread()) {
      throw new IllegalMonitorStateException();
    }
    if (state.get().holds() == 1) {
      setExclusiveOwnerThread(null);
    }
    Thread owner = change(State::left).owner();
    if (owner != Thread.currentThread()) {
      LockSupport.unpark(owner);
    }
  }

  public boolean isHeldByCurrentThread() {
    return state.get().owner() == Thread.currentThread();
  }

  public int holdCount() {
    State now = state.get();
    return now.owner() == Thread.currentThread() ? now.holds() : 0;
  }

  public int queueLength() {
    return state.get().queue().size();
  }

  private boolean await(long nanos) throws InterruptedException {
    Thread me = Thread.currentThread();
    long begin = System.nanoTime();
    change(s -> s.entered(me));
    while (!isHeldByCurrentThread()) {
      long left = nanos - (System.nanoTime() - begin);
      boolean interrupted = Thread.interrupted();
      if ((interrupted || left <= 0) && change(s -> s.without(me)).owner() != me) {
        if (interrupted) {
          throw new InterruptedException();
        }
        return false;
      }
      if (interrupted) {
        me.interrupt();
      } else if (nanos == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else if (left > 0) {
        LockSupport.parkNanos(this, left);
      }
    }
    setExclusiveOwnerThread(me);
    return true;
  }

  private State change(UnaryOperator<State> step) {
    return state.updateAndGet(step);
  }
}
