package threadmill.explore.sim;

import java.io.Serializable;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** A condition of a {@link JdkReentrantLock}. */
public final class JdkCondition implements Condition, Serializable {
  private static final long serialVersionUID = 1;

  final JdkReentrantLock lock;
  private transient Monitor monitor;
  private transient Monitor.WaitSet waiters;

  JdkCondition(JdkReentrantLock lock) {
    this.lock = lock;
  }

  /** As part of the run that goes on. */
  private Monitor.WaitSet of(Monitor m) {
    if (monitor != m) {
      monitor = m;
      waiters = Hooks.world().locks.condition(m);
    }
    return waiters;
  }

  /**
   * @param wait in nanoseconds, negative for ever
   * @return whether it was signalled
   */
  private boolean await(long wait, boolean interruptible) throws InterruptedException {
    Monitor m = lock.monitor();
    return m == null || Hooks.world().locks.await(m, of(m), wait, interruptible);
  }

  @Override
  public void await() throws InterruptedException {
    await(-1, true);
  }

  @Override
  public void awaitUninterruptibly() {
    try {
      await(-1, false);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public long awaitNanos(long nanosTimeout) throws InterruptedException {
    long begin = Hooks.nanoTime();
    await(Math.max(0, nanosTimeout), true);
    return nanosTimeout - (Hooks.nanoTime() - begin);
  }

  @Override
  public boolean await(long time, TimeUnit unit) throws InterruptedException {
    return await(Math.max(0, unit.toNanos(time)), true);
  }

  @Override
  public boolean awaitUntil(Date deadline) throws InterruptedException {
    long millis = Math.max(0, deadline.getTime() - Hooks.currentTimeMillis());
    return await(TimeUnit.MILLISECONDS.toNanos(millis), true);
  }

  @Override
  public void signal() {
    signal(false);
  }

  @Override
  public void signalAll() {
    signal(true);
  }

  private void signal(boolean all) {
    Monitor m = lock.monitor();
    if (m != null) {
      Hooks.world().locks.signal(m, of(m), all);
    }
  }

  List<Thread> waiting() {
    Monitor m = lock.monitor();
    return m == null ? List.of() : of(m).waiting.stream().map(t -> t.thread).toList();
  }
}
