package threadmill.explore.sim;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * Stands in for {@link java.util.concurrent.locks.ReentrantLock}. Where nothing is controlled, in
 * class initializers and conditions of a scenario, it does nothing and is free.
 */
public class JdkReentrantLock implements Lock, Serializable {
  private static final long serialVersionUID = 1;

  private final boolean fair;
  private transient World world;
  private transient Monitor monitor;

  public JdkReentrantLock() {
    this(false);
  }

  public JdkReentrantLock(boolean fair) {
    this.fair = fair;
  }

  /** As part of this run. */
  private Monitor in(World w) {
    if (world != w) {
      world = w;
      monitor = w.locks.make("the ReentrantLock", fair);
    }
    return monitor;
  }

  @Override
  public void lock() {
    World w = Hooks.on();
    if (w != null) {
      w.locks.lock(in(w));
    }
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    World w = Hooks.on();
    if (w != null) {
      w.locks.lockInterruptibly(in(w));
    }
  }

  @Override
  public boolean tryLock() {
    World w = Hooks.on();
    return w == null || w.locks.tryLock(in(w));
  }

  @Override
  public boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
    long wait = unit.toNanos(timeout);
    World w = Hooks.on();
    return w == null || w.locks.tryLock(in(w), wait);
  }

  @Override
  public void unlock() {
    World w = Hooks.world();
    if (w != null && w.isWatching()) {
      w.locks.unlock(in(w));
    }
  }

  @Override
  public Condition newCondition() {
    return new JdkCondition(this);
  }

  /** The lock in the run that goes on, or null. */
  Monitor monitor() {
    World w = Hooks.on();
    return w == null ? null : in(w);
  }

  /** The lock in the run that goes on, after a look at it, or null. */
  private Monitor seen() {
    World w = Hooks.on();
    if (w != null) {
      w.locks.look(in(w));
      return monitor;
    }
    w = Hooks.world();
    return w == null ? null : in(w);
  }

  public int getHoldCount() {
    return isHeldByCurrentThread() ? monitor.entries : 0;
  }

  public boolean isHeldByCurrentThread() {
    World w = Hooks.world();
    return w != null && in(w).owner == w.current();
  }

  public boolean isLocked() {
    Monitor seen = seen();
    return seen != null && seen.owner != null;
  }

  public final boolean isFair() {
    return fair;
  }

  protected Thread getOwner() {
    Monitor seen = seen();
    return seen == null || seen.owner == null ? null : seen.owner.thread;
  }

  public final boolean hasQueuedThreads() {
    return !getQueuedThreads().isEmpty();
  }

  public final boolean hasQueuedThread(Thread thread) {
    return getQueuedThreads().contains(thread);
  }

  public final int getQueueLength() {
    return getQueuedThreads().size();
  }

  protected Collection<Thread> getQueuedThreads() {
    Monitor seen = seen();
    return seen == null ? List.of() : world.locks.waitingFor(seen);
  }

  public boolean hasWaiters(Condition condition) {
    return !getWaitingThreads(condition).isEmpty();
  }

  public int getWaitQueueLength(Condition condition) {
    return getWaitingThreads(condition).size();
  }

  protected Collection<Thread> getWaitingThreads(Condition condition) {
    if (condition == null) {
      throw new NullPointerException();
    }
    if (!(condition instanceof JdkCondition own) || own.lock != this) {
      throw new IllegalArgumentException("not owner");
    }
    if (!isHeldByCurrentThread()) {
      throw new IllegalMonitorStateException();
    }
    return own.waiting();
  }

  @Override
  public String toString() {
    Thread owner = getOwner();
    String state = owner == null ? "[Unlocked]" : "[Locked by thread " + owner.getName() + "]";
    return "java.util.concurrent.locks.ReentrantLock@"
        + Integer.toHexString(Hooks.identityHash(this))
        + state;
  }
}
