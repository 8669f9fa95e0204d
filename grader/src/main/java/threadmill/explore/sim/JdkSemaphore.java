package threadmill.explore.sim;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for {@link java.util.concurrent.Semaphore}. Where nothing is controlled, in class
 * initializers and conditions of a scenario, it counts, and nobody can wait for it.
 */
public class JdkSemaphore implements Serializable {
  private static final long serialVersionUID = 1;

  private final transient Permits permits;

  public JdkSemaphore(int permits) {
    this(permits, false);
  }

  public JdkSemaphore(int permits, boolean fair) {
    this.permits = Permits.semaphore(permits, fair);
  }

  private static int positive(int wanted) {
    if (wanted < 0) {
      throw new IllegalArgumentException();
    }
    return wanted;
  }

  public void acquire() throws InterruptedException {
    acquire(1);
  }

  public void acquireUninterruptibly() {
    acquireUninterruptibly(1);
  }

  public boolean tryAcquire() {
    return tryAcquire(1);
  }

  public boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException {
    return tryAcquire(1, timeout, unit);
  }

  public void release() {
    release(1);
  }

  public void acquire(int wanted) throws InterruptedException {
    positive(wanted);
    World w = Hooks.on();
    if (w != null) {
      permits.in(w).acquireInterruptibly(wanted);
    } else {
      takeAtOnce(wanted);
    }
  }

  public void acquireUninterruptibly(int wanted) {
    positive(wanted);
    World w = Hooks.on();
    if (w != null) {
      permits.in(w).acquire(wanted);
    } else {
      takeAtOnce(wanted);
    }
  }

  private void takeAtOnce(int wanted) {
    if (!permits.takesAtOnce(wanted)) {
      throw new Refused("a wait for a Semaphore in a class initializer or a condition");
    }
  }

  public boolean tryAcquire(int wanted) {
    positive(wanted);
    World w = Hooks.on();
    return w == null ? permits.takesAtOnce(wanted) : permits.in(w).tryAcquire(wanted);
  }

  public boolean tryAcquire(int wanted, long timeout, TimeUnit unit) throws InterruptedException {
    positive(wanted);
    long wait = unit.toNanos(timeout);
    World w = Hooks.on();
    return w == null ? permits.takesAtOnce(wanted) : permits.in(w).tryAcquire(wanted, wait);
  }

  public void release(int more) {
    positive(more);
    World w = Hooks.on();
    if (w == null) {
      permits.add(more);
    } else {
      permits.in(w).release(more);
    }
  }

  public int availablePermits() {
    World w = Hooks.on();
    return w == null ? permits.value() : permits.in(w).look();
  }

  public int drainPermits() {
    World w = Hooks.on();
    if (w != null) {
      return permits.in(w).drain();
    }
    int drained = permits.value();
    permits.reduce(drained);
    return drained;
  }

  protected void reducePermits(int reduction) {
    positive(reduction);
    World w = Hooks.on();
    if (w == null) {
      permits.reduce(reduction);
    } else {
      permits.in(w).reduceNow(reduction);
    }
  }

  public boolean isFair() {
    return permits.isFair();
  }

  public final boolean hasQueuedThreads() {
    return !getQueuedThreads().isEmpty();
  }

  public final int getQueueLength() {
    return getQueuedThreads().size();
  }

  protected Collection<Thread> getQueuedThreads() {
    World w = Hooks.on();
    return w == null ? List.of() : permits.in(w).waiting();
  }

  @Override
  public String toString() {
    return "java.util.concurrent.Semaphore@"
        + Integer.toHexString(Hooks.identityHash(this))
        + "[Permits = "
        + availablePermits()
        + "]";
  }
}
