package threadmill.harness;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A re-entrant lock that tells a {@link Log} of every step, so that a test can follow the order in
 * which locks are taken and stop a thread between two of them. Thread-safe.
 */
public final class WatchedLock implements Lock {
  /** Hears of lock events on the thread that causes them; may hold that thread up. */
  public interface Log {
    /** Before a thread asks for the lock and will wait for it as long as it takes. */
    default void asks(WatchedLock lock) {}

    /** Before a thread tries the lock and will give up sooner or later. */
    default void tries(WatchedLock lock) {}

    /** After a thread has got the lock. */
    default void got(WatchedLock lock) {}

    /** After a {@code tryLock} came back without the lock. */
    default void refused(WatchedLock lock) {}

    /** While the lock is still held, before it is given back. */
    default void leaves(WatchedLock lock) {}

    /** After the lock was given back. */
    default void left(WatchedLock lock) {}
  }

  private final String name;
  private final Log log;
  private final ReentrantLock inner = new ReentrantLock();

  public WatchedLock(String name, Log log) {
    this.name = name;
    this.log = log;
  }

  @Override
  public void lock() {
    log.asks(this);
    inner.lock();
    log.got(this);
  }

  @Override
  public void lockInterruptibly() throws InterruptedException {
    log.asks(this);
    inner.lockInterruptibly();
    log.got(this);
  }

  @Override
  public boolean tryLock() {
    log.tries(this);
    return told(inner.tryLock());
  }

  @Override
  public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
    log.tries(this);
    return told(inner.tryLock(time, unit));
  }

  @Override
  public void unlock() {
    if (inner.isHeldByCurrentThread()) {
      log.leaves(this);
    }
    inner.unlock();
    log.left(this);
  }

  @Override
  public Condition newCondition() {
    return inner.newCondition();
  }

  public boolean isHeldByCurrentThread() {
    return inner.isHeldByCurrentThread();
  }

  public boolean isLocked() {
    return inner.isLocked();
  }

  @Override
  public String toString() {
    return name;
  }

  private boolean told(boolean got) {
    if (got) {
      log.got(this);
    } else {
      log.refused(this);
    }
    return got;
  }
}
