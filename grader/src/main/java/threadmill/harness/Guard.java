package threadmill.harness;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock that a waiting call of the student's must take again before it goes on: a monitor, a
 * lock with a condition, or nothing that can be named. It is found in the fields of the objects
 * made by {@link Crew#make}.
 *
 * <p>With it a test can wake a waiter for no reason, which the specification of {@code wait},
 * {@code await} and {@code park} allows at any time (JLS 17.2.1), and can hold the door while
 * rivals queue up behind it.
 */
public final class Guard {
  private static final long TAKE_SECONDS = 5;
  private final Crew crew;
  private final Thread waiter;
  private final Object monitor;
  private final Lock lock;
  private final Condition condition;

  private Guard(Crew crew, Thread waiter, Object monitor, Lock lock, Condition condition) {
    this.crew = crew;
    this.waiter = waiter;
    this.monitor = monitor;
    this.lock = lock;
    this.condition = condition;
  }

  /** The guard of a call that is waiting now. */
  public static Guard of(Crew crew, Step<?> waiting) {
    return of(crew, waiting.thread());
  }

  /** The guard of a thread of the student's, such as a pool's worker, that is waiting now. */
  public static Guard of(Crew crew, Thread waiter) {
    List<Object> reachable = Reach.from(crew.roots());
    Object blocker = LockSupport.getBlocker(waiter);
    if (isCondition(blocker)) {
      Condition condition = (Condition) blocker;
      Optional<Lock> lock =
          reachable.stream().flatMap(Guard::asLock).filter(l -> owns(l, condition)).findFirst();
      return new Guard(crew, waiter, null, lock.orElse(null), condition);
    }
    return new Guard(crew, waiter, monitorOf(waiter, reachable).orElse(null), null, null);
  }

  /** Wakes the waiter, and whoever waits with it, without any reason. */
  public void wakeForNoReason() {
    if (monitor == null && lock == null) {
      LockSupport.unpark(waiter);
      return;
    }
    holdWhile(
        () -> {
          if (monitor != null) {
            monitor.notifyAll();
          } else {
            condition.signalAll();
          }
        });
  }

  /**
   * Runs the action, on a thread of the crew, while nobody else can take the guard. Where no guard
   * can be named the action just runs.
   */
  public void holdWhile(Action action) {
    Step<Void> holder =
        crew.does(
            "taking the lock that the waiting threads left",
            () -> {
              if (monitor != null) {
                synchronized (monitor) {
                  action.run();
                }
              } else if (lock != null && take(lock)) {
                try {
                  action.run();
                } finally {
                  lock.unlock();
                }
              } else {
                action.run();
              }
            });
    holder.finishes("every thread that used it waits or is done");
  }

  /** Whether there is a lock to hold. */
  public boolean canHold() {
    return monitor != null || lock != null;
  }

  private static boolean take(Lock lock) {
    try {
      return lock.tryLock(TAKE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isCondition(Object blocker) {
    return blocker instanceof AbstractQueuedSynchronizer.ConditionObject
        || blocker instanceof AbstractQueuedLongSynchronizer.ConditionObject;
  }

  private static java.util.stream.Stream<Lock> asLock(Object object) {
    return object instanceof Lock lock
        ? java.util.stream.Stream.of(lock)
        : java.util.stream.Stream.empty();
  }

  /** A condition tells a foreign lock by refusing to signal; signalling is harmless. */
  private static boolean owns(Lock lock, Condition condition) {
    if (!take(lock)) {
      return false;
    }
    try {
      condition.signalAll();
      return true;
    } catch (IllegalMonitorStateException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("deprecation")
  private static Optional<Object> monitorOf(Thread waiter, List<Object> reachable) {
    ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(waiter.getId());
    LockInfo wanted = info == null ? null : info.getLockInfo();
    if (wanted == null || LockSupport.getBlocker(waiter) != null) {
      return Optional.empty();
    }
    return reachable.stream()
        .filter(o -> System.identityHashCode(o) == wanted.getIdentityHashCode())
        .filter(o -> o.getClass().getName().equals(wanted.getClassName()))
        .findFirst();
  }
}
