package programs;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import threadmill.explore.Outcomes;
import threadmill.explore.Scenario;

/** Runs small random programs of the JDK's locks, semaphores and latches. */
public class Locking {
  /** One operation; those on a condition are done only where the lock is held. */
  public enum Op {
    LOCK,
    LOCK_INTERRUPTIBLY,
    TRY_LOCK,
    TRY_LOCK_1_MS,
    UNLOCK,
    IS_LOCKED,
    PLAIN,
    AWAIT,
    AWAIT_1_MS,
    AWAIT_UNINTERRUPTIBLY,
    SIGNAL,
    SIGNAL_ALL,
    ACQUIRE,
    ACQUIRE_2,
    ACQUIRE_UNINTERRUPTIBLY,
    TRY_ACQUIRE,
    TRY_ACQUIRE_1_MS,
    RELEASE,
    DRAIN,
    PERMITS,
    AWAIT_ZERO,
    AWAIT_ZERO_1_MS,
    COUNT_DOWN,
    COUNT,
    INTERRUPT,
    INTERRUPTED,
    PARK,
    UNPARK,
    UNTIL_WAITING,
    TIME
  }

  private Scenario scenario;
  private ReentrantLock lock;
  private Condition condition;
  private Semaphore semaphore;
  private CountDownLatch latch;
  private int plain;

  void run(Scenario s, List<List<Op>> programs) {
    s.noSpuriousWakeUps();
    begin(s, programs, false);
  }

  void fairly(Scenario s, List<List<Op>> programs) {
    s.noSpuriousWakeUps();
    begin(s, programs, true);
  }

  void exactly(Scenario s, List<List<Op>> programs) {
    s.noSpuriousWakeUps();
    s.exactTime();
    begin(s, programs, false);
  }

  private void begin(Scenario s, List<List<Op>> programs, boolean fair) {
    scenario = s;
    lock = new ReentrantLock(fair);
    condition = lock.newCondition();
    semaphore = new Semaphore(1, fair);
    latch = new CountDownLatch(2);
    StringBuilder[] logs = new StringBuilder[programs.size()];
    Thread[] threads = new Thread[programs.size()];
    for (int i = 0; i < programs.size(); i++) {
      int me = i;
      logs[i] = new StringBuilder();
      s.thread(
          "T" + i,
          () -> {
            threads[me] = Thread.currentThread();
            for (Op op : programs.get(me)) {
              logs[me].append(perform(op, me, threads));
            }
          });
      s.mayWait("T" + i);
    }
    s.atEnd(
        "x",
        () -> {
          StringBuilder all = new StringBuilder("" + plain);
          for (StringBuilder log : logs) {
            all.append(" ").append(log);
          }
          Outcomes.add(all.toString());
          return true;
        });
  }

  private String perform(Op op, int me, Thread[] threads) {
    try {
      boolean held = lock.isHeldByCurrentThread();
      return switch (op) {
        case AWAIT, AWAIT_1_MS, AWAIT_UNINTERRUPTIBLY, SIGNAL, SIGNAL_ALL ->
            held ? onCondition(op) : "";
        case ACQUIRE, ACQUIRE_2, ACQUIRE_UNINTERRUPTIBLY, TRY_ACQUIRE, TRY_ACQUIRE_1_MS ->
            acquire(op);
        case RELEASE, DRAIN, PERMITS, AWAIT_ZERO, AWAIT_ZERO_1_MS, COUNT_DOWN, COUNT -> count(op);
        case INTERRUPT, INTERRUPTED, PARK, UNPARK, UNTIL_WAITING, TIME -> meet(op, me, threads);
        default -> onLock(op, held, me);
      };
    } catch (InterruptedException e) {
      return "i";
    }
  }

  private String onLock(Op op, boolean held, int me) throws InterruptedException {
    switch (op) {
      case LOCK -> lock.lock();
      case LOCK_INTERRUPTIBLY -> lock.lockInterruptibly();
      case TRY_LOCK -> {
        return said(lock.tryLock());
      }
      case TRY_LOCK_1_MS -> {
        return said(lock.tryLock(1, TimeUnit.MILLISECONDS));
      }
      case IS_LOCKED -> {
        return said(lock.isLocked());
      }
      case UNLOCK -> {
        if (held) {
          lock.unlock();
        }
      }
      case PLAIN -> plain = held ? plain * 3 + me + 1 : plain;
      default -> throw new IllegalStateException();
    }
    return "l";
  }

  private String onCondition(Op op) throws InterruptedException {
    switch (op) {
      case AWAIT -> condition.await();
      case AWAIT_UNINTERRUPTIBLY -> condition.awaitUninterruptibly();
      case AWAIT_1_MS -> {
        return said(condition.await(1, TimeUnit.MILLISECONDS));
      }
      case SIGNAL -> condition.signal();
      case SIGNAL_ALL -> condition.signalAll();
      default -> throw new IllegalStateException();
    }
    return "w";
  }

  private String acquire(Op op) throws InterruptedException {
    switch (op) {
      case ACQUIRE -> semaphore.acquire();
      case ACQUIRE_2 -> semaphore.acquire(2);
      case ACQUIRE_UNINTERRUPTIBLY -> semaphore.acquireUninterruptibly();
      case TRY_ACQUIRE -> {
        return said(semaphore.tryAcquire());
      }
      case TRY_ACQUIRE_1_MS -> {
        return said(semaphore.tryAcquire(1, TimeUnit.MILLISECONDS));
      }
      default -> throw new IllegalStateException();
    }
    return "a";
  }

  private String count(Op op) throws InterruptedException {
    switch (op) {
      case RELEASE -> semaphore.release();
      case DRAIN -> {
        return "d" + semaphore.drainPermits();
      }
      case PERMITS -> {
        return "" + semaphore.availablePermits();
      }
      case AWAIT_ZERO -> latch.await();
      case AWAIT_ZERO_1_MS -> {
        return said(latch.await(1, TimeUnit.MILLISECONDS));
      }
      case COUNT_DOWN -> latch.countDown();
      case COUNT -> {
        return "" + latch.getCount();
      }
      default -> throw new IllegalStateException();
    }
    return "c";
  }

  private String meet(Op op, int me, Thread[] threads) {
    String next = "T" + (me + 1) % threads.length;
    switch (op) {
      case INTERRUPT -> scenario.interrupt(next);
      case INTERRUPTED -> {
        return said(Thread.interrupted());
      }
      case PARK -> LockSupport.park();
      case UNPARK -> LockSupport.unpark(threads[(me + 1) % threads.length]);
      case UNTIL_WAITING -> {
        if (me + 1 < threads.length) {
          scenario.untilWaiting(next);
        }
      }
      case TIME -> {
        return "@" + scenario.millis();
      }
      default -> throw new IllegalStateException();
    }
    return "m";
  }

  private static String said(boolean yes) {
    return yes ? "t" : "f";
  }
}
