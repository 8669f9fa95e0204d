package threadmill.explore.sim;

import java.util.List;

/**
 * The JDK's reentrant locks as operations: to lock, to try and to unlock are one step each, and
 * whoever waits for a lock can go on when it is free. Which of several threads gets it is open, as
 * the JDK leaves it, unless it is fair. To step through the JDK's own code shows nothing else and
 * takes many times as many schedules ({@code ModelsTest}).
 */
final class Locks {
  private static final int LOCK_KEY = -11;
  private static final int ATTEMPTS_KEY = -12;
  private static final int CONDITION_KEY = -13;
  private final World world;

  Locks(World world) {
    this.world = world;
  }

  Monitor make(String name, boolean fair) {
    return Monitor.lock(
        new Location(++world.ids, LOCK_KEY, name, true),
        new Location(++world.ids, ATTEMPTS_KEY, name, false),
        fair,
        name);
  }

  Monitor.WaitSet condition(Monitor lock) {
    return new Monitor.WaitSet(
        new Location(++world.ids, CONDITION_KEY, lock.name, false), "signals ");
  }

  void lock(Monitor lock) {
    if (again(lock) || comesFirst(lock)) {
      return;
    }
    try {
      take(lock, -1, false);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void lockInterruptibly(Monitor lock) throws InterruptedException {
    world.waits.checkInterrupt();
    if (!again(lock) && !comesFirst(lock)) {
      take(lock, -1, true);
    }
  }

  /** One attempt, whoever else is waiting. */
  boolean tryLock(Monitor lock) {
    return again(lock) || attempt(lock, true);
  }

  /**
   * @param wait in nanoseconds; none if it is not positive
   */
  boolean tryLock(Monitor lock, long wait) throws InterruptedException {
    world.waits.checkInterrupt();
    return again(lock)
        || (wait <= 0 ? attempt(lock, false) : comesFirst(lock) || take(lock, wait, true));
  }

  private boolean attempt(Monitor lock, boolean barges) {
    world.memory.attempt(OpKind.TRY, lock.attempts);
    world.knowledge.triesLocks();
    if (barges ? lock.owner == null : lock.isFreeFor(world.current)) {
      own(lock);
      return true;
    }
    world.memory.failed(lock.attempts);
    sees(lock);
    world.tell("fails");
    return false;
  }

  private boolean again(Monitor lock) {
    if (lock.owner != world.current) {
      return false;
    }
    if (lock.entries == Integer.MAX_VALUE) {
      throw new Error("Maximum lock count exceeded");
    }
    lock.entries++;
    return true;
  }

  /** Who comes to a fair lock gets it at once or waits in line. */
  private boolean comesFirst(Monitor lock) {
    if (lock.queue == null) {
      return false;
    }
    world.step(OpKind.TRY, lock.attempts, true, null, false);
    if (lock.owner == null && lock.queue.isEmpty()) {
      own(lock);
      return true;
    }
    lock.queue.add(world.current);
    world.tell("waits in line");
    return false;
  }

  private boolean take(Monitor lock, long wait, boolean givesUp) throws InterruptedException {
    SimThread self = world.current;
    self.monitor = lock;
    self.mayGiveUp = givesUp;
    boolean waits = !lock.isFreeFor(self);
    world.waits.begin(wait, givesUp);
    world.step(OpKind.ENTER, lock.lock, true, lock.attempts, false);
    boolean got = false;
    try {
      if (givesUp) {
        world.also(world.memory.flag(self), true);
      }
      got = world.waits.end(lock.isFreeFor(self));
    } finally {
      self.mayGiveUp = false;
      if (!got) {
        lock.leavesQueue(self);
      }
    }
    if (got) {
      own(lock);
      if (waits) {
        world.waits.usesUpPermit(self);
      }
    }
    return got;
  }

  private void own(Monitor lock) {
    SimThread self = world.current;
    // Whoever waits for it could have come first, however it was got.
    lock.lock.lastWrite = world.last();
    world.monitors.meet(self, lock, "locks ");
    world.monitors.own(self, lock, 1);
    changes(lock);
    world.tell("gets it");
  }

  void unlock(Monitor lock) {
    SimThread self = checkOwner(lock);
    if (lock.entries > 1) {
      lock.entries--;
      return;
    }
    world.step(OpKind.EXIT, lock.lock, false, lock.attempts, false);
    lock.entries = 0;
    changes(lock);
    world.monitors.release(self, lock);
    world.tell("releases it");
  }

  /**
   * @param wait in nanoseconds, negative for ever
   * @return whether it was signalled
   */
  boolean await(Monitor lock, Monitor.WaitSet condition, long wait, boolean interruptible)
      throws InterruptedException {
    if (interruptible) {
      world.waits.checkInterrupt();
    }
    checkOwner(lock);
    return world.monitors.await(lock, condition, wait, interruptible);
  }

  /** Who has waited longest is woken first. */
  void signal(Monitor lock, Monitor.WaitSet condition, boolean all) {
    checkOwner(lock);
    world.monitors.notify(condition, all, waiting -> 0);
  }

  private SimThread checkOwner(Monitor lock) {
    if (lock.owner != world.current) {
      throw new IllegalMonitorStateException();
    }
    return world.current;
  }

  /** What the lock tells of itself is looked at. */
  void look(Monitor lock) {
    world.knowledge.triesLocks();
    world.memory.look(lock.attempts);
    sees(lock);
  }

  /** As the JDK keeps it in a volatile variable, who sees its state sees what came before it. */
  private void sees(Monitor lock) {
    world.current.happened = Clock.join(world.current.happened, lock.changed);
  }

  private void changes(Monitor lock) {
    lock.changed = Clock.join(Clock.copy(lock.changed), world.current.happened);
    world.published(world.current);
  }

  /** Those that wait for it just now. */
  List<Thread> waitingFor(Monitor lock) {
    return world.threads.stream()
        .filter(t -> t.kind == OpKind.ENTER && t.monitor == lock && t.isBlocked())
        .peek(t -> t.observed = true)
        .map(t -> t.thread)
        .toList();
  }
}
