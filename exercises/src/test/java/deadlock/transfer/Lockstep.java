package deadlock.transfer;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import threadmill.harness.WatchedLock;

/**
 * A schedule in which two threads move in step: each is held when it has its first lock, and when
 * it is refused its second, until the other has come as far, waits for somebody, or sleeps. Who
 * sleeps after being refused, for a time of its own, falls out of step. Who tries again at once
 * never does: 200 refusals in a row with hardly any processor time in between are a livelock.
 * Thread-safe.
 */
final class Lockstep implements WatchedLock.Log {
  private static final int ROUNDS = 200;
  private static final long AT_ONCE_NANOS = 100_000;

  private final Map<Thread, Integer> held = new HashMap<>();
  private final Map<Thread, Long> arrivals = new HashMap<>();
  private final Map<Thread, Spent> whenRefused = new HashMap<>();
  private List<Thread> parties = List.of();
  private int rounds;
  private boolean livelock;
  private boolean over;

  /** Says who is to move in step; until then, everybody is held. */
  synchronized void isFor(Thread... threads) {
    parties = List.of(threads);
  }

  @Override
  public void asks(WatchedLock lock) {
    tries(lock);
  }

  @Override
  public synchronized void tries(WatchedLock lock) {
    Spent before = whenRefused.remove(Thread.currentThread());
    if (before != null && !Spent.now().isHardlyMoreThan(before)) {
      rounds = 0;
    }
  }

  @Override
  public synchronized void got(WatchedLock lock) {
    if (held.merge(Thread.currentThread(), 1, Integer::sum) == 1) {
      arrive();
    }
  }

  @Override
  public synchronized void refused(WatchedLock lock) {
    rounds++;
    if (rounds >= ROUNDS) {
      livelock = true;
      end();
    }
    arrive();
    whenRefused.put(Thread.currentThread(), Spent.now());
  }

  @Override
  public synchronized void leaves(WatchedLock lock) {
    held.merge(Thread.currentThread(), -1, Integer::sum);
  }

  /** Stays so, whatever the threads do once they are no longer held. */
  synchronized boolean isLivelock() {
    return livelock;
  }

  synchronized void end() {
    over = true;
    notifyAll();
  }

  private void arrive() {
    Thread me = Thread.currentThread();
    long mine = arrivals.merge(me, 1L, Long::sum);
    notifyAll();
    try {
      while (!over && anotherMayCome(me, mine)) {
        wait(1);
      }
    } catch (InterruptedException e) {
      over = true;
      me.interrupt();
    }
  }

  private boolean anotherMayCome(Thread me, long mine) {
    return parties.isEmpty()
        || parties.stream()
            .anyMatch(t -> t != me && arrivals.getOrDefault(t, 0L) < mine && isAwake(t));
  }

  /** Whether it runs, or waits for nothing but this object's monitor. */
  @SuppressWarnings("deprecation")
  private boolean isAwake(Thread thread) {
    ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
    if (info == null) {
      return false;
    }
    LockInfo blocker = info.getLockInfo();
    return switch (info.getThreadState()) {
      case RUNNABLE -> true;
      case BLOCKED ->
          blocker == null || blocker.getIdentityHashCode() == System.identityHashCode(this);
      default -> false;
    };
  }

  /** What a thread has spent so far: processor time in nanoseconds, and waits. */
  private record Spent(long cpu, long waits) {
    @SuppressWarnings("deprecation")
    static Spent now() {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      ThreadInfo me = threads.getThreadInfo(Thread.currentThread().getId());
      return new Spent(threads.getCurrentThreadCpuTime(), me.getWaitedCount());
    }

    boolean isHardlyMoreThan(Spent before) {
      return waits == before.waits && cpu - before.cpu < AT_ONCE_NANOS;
    }
  }
}
