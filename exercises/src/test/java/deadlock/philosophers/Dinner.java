package deadlock.philosophers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import threadmill.harness.Action;
import threadmill.harness.Crew;
import threadmill.harness.Step;
import threadmill.harness.WatchedLock;
import threadmill.model.Kind;

/**
 * A table with forks that report to it, and the power to stop philosophers with one fork in the
 * hand. Thread-safe.
 */
final class Dinner implements WatchedLock.Log {
  /** Of so many objects two have the same identity hash code, of 31 bits, nearly always. */
  private static final int MANY = 400_000;

  private final Crew crew;
  private final Way way;
  private final Table table;
  private final List<WatchedLock> locks = new ArrayList<>();
  private final List<Fork> forks = new ArrayList<>();
  private final Map<Thread, Integer> held = new HashMap<>();
  private final Set<Thread> stopped = new HashSet<>();
  private final Set<Thread> refused = ConcurrentHashMap.newKeySet();
  private volatile WatchedLock.Log also = new WatchedLock.Log() {};
  private final AtomicInteger refusals = new AtomicInteger();
  private volatile boolean tried;
  private volatile boolean waitedWithFork;
  private boolean stopAtSecondFork;

  Dinner(Crew crew, Way way, int seats) {
    this.crew = crew;
    this.way = way;
    this.table = crew.make(way.creation(seats), () -> way.table(seats));
    for (int i = 0; i < seats; i++) {
      // Neither rising nor falling round the table.
      lay(fork((i * 31 + 11) % 97));
    }
  }

  /** A table for two with forks of the same identity hash code: those of many objects meet. */
  static Dinner ofTwins(Crew crew, Way way) {
    Dinner dinner = new Dinner(crew, way, 2);
    Map<Integer, Watched> forks = new HashMap<>();
    for (int id = 0; id < MANY; id++) {
      Watched one = dinner.fork(id);
      Watched twin = forks.put(System.identityHashCode(one.fork), one);
      if (twin != null) {
        dinner.forks.clear();
        dinner.locks.clear();
        dinner.lay(twin);
        dinner.lay(one);
        break;
      }
    }
    return dinner;
  }

  private record Watched(Fork fork, WatchedLock lock) {}

  private Watched fork(int id) {
    WatchedLock lock = new WatchedLock("fork " + id, this);
    return new Watched(new Fork(id, lock), lock);
  }

  private void lay(Watched watched) {
    forks.add(watched.fork);
    locks.add(watched.lock);
  }

  int seats() {
    return forks.size();
  }

  Fork left(int seat) {
    return forks.get(seat);
  }

  Fork right(int seat) {
    return forks.get((seat + 1) % forks.size());
  }

  /** A meal on a thread of its own. */
  Step<Void> dine(int seat, Action eat) {
    Fork left = left(seat);
    Fork right = right(seat);
    return crew.does(way.meal(), () -> table.dine(seat, left, right, () -> perform(eat)));
  }

  /** A meal of a thread that is interrupted before it comes. */
  Step<Void> dineInterrupted(int seat) {
    return crew.does(
        way.meal(),
        () -> {
          Thread.currentThread().interrupt();
          dine(seat, 1, () -> {});
        });
  }

  /** Meals, one after the other, on the calling thread. */
  void dine(int seat, int times, Runnable eat) throws InterruptedException {
    for (int i = 0; i < times; i++) {
      table.dine(seat, left(seat), right(seat), eat);
    }
  }

  /** Whether the calling thread has both forks of this seat. */
  boolean hasBothForks(int seat) {
    return locks.get(seat).isHeldByCurrentThread()
        && locks.get((seat + 1) % locks.size()).isHeldByCurrentThread();
  }

  /** A fork that is still taken when all meals are over has been forgotten. */
  void requireAllForksDown(String when) {
    for (WatchedLock lock : locks) {
      if (lock.isLocked()) {
        throw crew.failureAt(
            way.meal(), Kind.LEAK, way.meal() + " did not put down " + lock + " " + when);
      }
    }
  }

  boolean hasTried() {
    return tried;
  }

  /** How often a fork was refused to somebody who tried to take it. */
  int refusals() {
    return refusals.get();
  }

  boolean hasWaitedWithFork() {
    return waitedWithFork;
  }

  /** Hands all that is heard of the forks on to another log too. */
  void log(WatchedLock.Log other) {
    also = other;
  }

  synchronized void stopEachWithOneFork() {
    stopAtSecondFork = true;
  }

  synchronized void letThemGo() {
    stopAtSecondFork = false;
    notifyAll();
  }

  /** Whether it was stopped with one fork in the hand. */
  synchronized boolean isStopped(Step<?> step) {
    return stopped.contains(step.thread());
  }

  /** Until the philosopher stands where it was told to, waits, has been refused, or has dined. */
  void untilItCannotGoOn(Step<?> step) {
    crew.untilWaitingOr(step, () -> refused.contains(step.thread()));
  }

  @Override
  public void asks(WatchedLock lock) {
    waitedWithFork |= holds() > 0;
    beforeTaking();
    also.asks(lock);
  }

  @Override
  public void tries(WatchedLock lock) {
    tried = true;
    beforeTaking();
    also.tries(lock);
  }

  @Override
  public void refused(WatchedLock lock) {
    refused.add(Thread.currentThread());
    refusals.incrementAndGet();
    also.refused(lock);
  }

  @Override
  public void got(WatchedLock lock) {
    synchronized (this) {
      held.merge(Thread.currentThread(), 1, Integer::sum);
    }
    also.got(lock);
  }

  @Override
  public void leaves(WatchedLock lock) {
    synchronized (this) {
      held.merge(Thread.currentThread(), -1, Integer::sum);
    }
    also.leaves(lock);
  }

  private synchronized int holds() {
    return held.getOrDefault(Thread.currentThread(), 0);
  }

  private synchronized void beforeTaking() {
    Thread me = Thread.currentThread();
    if (!stopAtSecondFork || holds() != 1 || !stopped.add(me)) {
      return;
    }
    try {
      while (stopAtSecondFork) {
        wait();
      }
    } catch (InterruptedException e) {
      me.interrupt();
    }
  }

  private static void perform(Action eat) {
    try {
      eat.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
