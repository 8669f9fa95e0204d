package threadmill.explore.sim;

import java.util.function.BooleanSupplier;

/** How threads of one run wait for each other without a monitor: park, sleep, join, interrupt. */
final class Waits {
  private static final int MANY = 2_000;
  private static final int HOPELESS = 600;

  /** Who waits for a lifetime, in nanoseconds, waits for ever. */
  private static final long LIFETIME = 1L << 61;

  private final World world;

  /**
   * Whether the JDK's own code is about to park: it looks again whatever has woken it, so a wake-up
   * without a reason changes nothing.
   */
  boolean rechecks;

  Waits(World world) {
    this.world = world;
  }

  /** How a wait may end by itself: 0 not, 1 without a reason, 2 because its time is over. */
  int early(long deadline, boolean rechecks) {
    boolean expires = deadline < SimThread.NEVER && !world.exactTime;
    if (world.noSpurious || rechecks) {
      return expires && world.choose(2) == 1 ? 2 : 0;
    }
    return world.choose(expires ? 3 : 2);
  }

  /** Whether a wait on a condition ends for no reason. */
  boolean wakes() {
    return !world.noSpurious && world.choose(2) == 1;
  }

  void expire(SimThread self) {
    if (self.early == 2) {
      world.also(world.clock, true);
      if (self.deadline > world.nanos) {
        world.expires(self.deadline);
        world.changed();
      }
    }
  }

  long deadline(long waitNanos) {
    return waitNanos < LIFETIME ? world.now() + waitNanos : SimThread.NEVER;
  }

  /** Ends by an interrupt, if there was one before. */
  void checkInterrupt() throws InterruptedException {
    SimThread self = world.current;
    Location flag = world.memory.flag(self);
    world.step(OpKind.LOOK, flag, true, null, false);
    if (self.interrupted) {
      clear(self, flag);
      throw new InterruptedException();
    }
  }

  /**
   * A thread is going to wait for a lock or permits of the JDK's.
   *
   * @param wait in nanoseconds, negative for ever
   */
  void begin(long wait, boolean interruptible) {
    SimThread self = world.current;
    self.deadline = wait >= 0 ? deadline(wait) : SimThread.NEVER;
    self.interruptible = interruptible;
    self.early = early(self.deadline, true);
  }

  /**
   * Such a wait is over. If an interrupt may have ended it as well, it has if somebody has seen the
   * thread sleep; else it may have come too late: the JDK's locks try once more before a thread
   * goes to sleep.
   *
   * @param possible whether it can have what it waited for
   * @return whether it has it
   * @throws InterruptedException if an interrupt ended the wait
   */
  boolean end(boolean possible) throws InterruptedException {
    SimThread self = world.current;
    if (self.interruptible
        && self.interrupted
        && (!possible || self.observed || world.pickAlternative(2) == 0)) {
      noLonger(self);
      world.tell("is interrupted");
      clear(self, world.memory.flag(self));
      throw new InterruptedException();
    }
    if (!possible) {
      expire(self);
      world.tell("has waited long enough");
    }
    noLonger(self);
    return possible;
  }

  private static void noLonger(SimThread self) {
    self.early = 0;
    self.deadline = SimThread.NEVER;
  }

  /** Who waits for a lock of the JDK's parks there, and may use up a permit that came meanwhile. */
  void usesUpPermit(SimThread self) {
    if (self.permitPlace == null) {
      return;
    }
    world.also(self.permitPlace, true);
    if (self.permit && (self.observed || world.pickAlternative(2) == 1)) {
      self.permit = false;
      world.tell("the permit it had is used up");
    }
  }

  void clear(SimThread self, Location flag) {
    self.interrupted = false;
    self.happened = Clock.join(self.happened, flag.sync);
    world.changed();
  }

  /**
   * @param wait in nanoseconds; negative for ever
   */
  void park(Object blocker, long wait) {
    SimThread self = world.current;
    self.blocker = blocker;
    self.deadline = wait >= 0 ? deadline(wait) : SimThread.NEVER;
    boolean atOnce = self.permit || self.interrupted;
    self.early = atOnce ? 0 : early(wait > 0 ? self.deadline : SimThread.NEVER, rechecks);
    rechecks = false;
    boolean slept = !self.permit && !self.interrupted;
    world.step(OpKind.PARK, world.memory.permit(self), true, world.memory.flag(self), false);
    expire(self);
    String why =
        self.permit
            ? slept ? "is unparked" : "parks and goes on at once: it had a permit"
            : self.interrupted
                ? "is interrupted"
                : self.early == 1 ? "returns from park for no reason" : "has parked long enough";
    world.tell(why);
    self.permit = false;
    self.early = 0;
    self.deadline = SimThread.NEVER;
    self.blocker = null;
    world.changed();
  }

  void unpark(Thread thread) {
    SimThread target = thread == null ? null : world.of(thread);
    if (target == null) {
      return;
    }
    world.step(OpKind.UNPARK, world.memory.permit(target), true, null, false);
    target.permit = true;
    world.tell("unparks ", target.name);
    world.changed();
  }

  void sleep(long wait) throws InterruptedException {
    SimThread self = world.current;
    if (wait <= 0) {
      world.memory.yield();
      return;
    }
    Location flag = world.memory.flag(self);
    self.deadline = deadline(wait);
    boolean expires = self.deadline < SimThread.NEVER && !world.exactTime;
    self.early = expires ? world.choose(2) * 2 : 0;
    world.step(OpKind.SLEEP, flag, true, null, false);
    expire(self);
    self.early = 0;
    self.deadline = SimThread.NEVER;
    world.tell(self.interrupted ? "is interrupted" : "has slept");
    if (self.interrupted) {
      clear(self, flag);
      throw new InterruptedException("sleep interrupted");
    }
  }

  void join(Thread thread, long wait) throws InterruptedException {
    SimThread self = world.current;
    SimThread target = world.of(thread);
    if (target == null) {
      return;
    }
    self.target = target;
    self.deadline = wait > 0 ? deadline(wait) : SimThread.NEVER;
    boolean expires = self.deadline < SimThread.NEVER && !world.exactTime;
    self.early = expires ? world.choose(2) * 2 : 0;
    world.step(OpKind.JOIN, world.memory.life(target), false, world.memory.flag(self), true);
    self.target = null;
    self.deadline = SimThread.NEVER;
    boolean expired = self.early != 0;
    expire(self);
    self.early = 0;
    if (self.interrupted) {
      clear(self, world.memory.flag(self));
      throw new InterruptedException();
    }
    if (target.ended) {
      self.happened = Clock.join(self.happened, world.memory.life(target).sync);
      world.tell("sees that " + target.name + " has ended");
    } else {
      world.tell(
          expired ? "waits no longer for " + target.name : "stops waiting for " + target.name);
    }
  }

  void interrupt(Thread thread) {
    SimThread target = world.of(thread);
    if (target == null) {
      world.early.add(thread);
      return;
    }
    Location flag = world.memory.flag(target);
    Location waitSet = target.kind == OpKind.WAKE ? target.waitSet.place : null;
    world.step(OpKind.INTERRUPT, flag, true, waitSet, true);
    target.interrupted = true;
    flag.sync = Clock.join(flag.sync == null ? Clock.NONE : flag.sync, world.current.happened);
    world.published(world.current);
    world.tell("interrupts " + target.name);
    world.changed();
  }

  boolean interrupted(Thread thread, boolean clear) {
    SimThread target = world.of(thread);
    if (target == null) {
      return world.early.contains(thread);
    }
    Location flag = world.memory.flag(target);
    world.step(OpKind.LOOK, flag, clear, null, false);
    boolean was = target.interrupted;
    if (was) {
      world.current.happened = Clock.join(world.current.happened, flag.sync);
    }
    if (was && clear) {
      clear(target, flag);
    }
    return was;
  }

  Thread.State state(Thread thread) {
    SimThread target = world.of(thread);
    if (target == null) {
      return thread.getState();
    }
    world.step(OpKind.LOOK, world.memory.life(target), false, null, false);
    if (target.ended) {
      world.current.happened = Clock.join(world.current.happened, world.memory.life(target).sync);
      return Thread.State.TERMINATED;
    }
    if (target.isEnabled()) {
      return Thread.State.RUNNABLE;
    }
    target.observed = true;
    if (target.kind == OpKind.ENTER && !target.monitor.isLock()) {
      return Thread.State.BLOCKED;
    }
    return target.deadline < SimThread.NEVER ? Thread.State.TIMED_WAITING : Thread.State.WAITING;
  }

  /** Looking at the clock again and again while nothing happens makes time pass. */
  long time() {
    SimThread self = world.current;
    self.timedAgain = self.timedAt == world.changes ? self.timedAgain + 1 : 0;
    self.timedAt = world.changes;
    int others = world.changesFor(self);
    self.timedRounds = self.timedSince == others ? self.timedRounds + 1 : 0;
    self.timedSince = others;
    if (self.timedAgain > World.PATIENT || self.timedRounds > MANY) {
      self.stepBack();
      world.step(OpKind.TIME, null, false, null, false);
    }
    return world.now();
  }

  /** Waits until that thread waits; strictly, until it sleeps without a time limit, or long. */
  void untilWaiting(SimThread target, boolean strict) {
    until(
        target.name + " waits",
        () ->
            target.ended
                || (strict ? target.isFastAsleep() : target.isWaiting())
                || !strict && target.isYielding() && world.scheduler.idle > HOPELESS,
        target,
        strict);
  }

  void until(String because, BooleanSupplier condition, SimThread target, boolean strict) {
    SimThread self = world.current;
    self.condition = condition;
    self.because = because;
    self.target = target;
    self.strict = strict;
    world.step(OpKind.UNTIL, null, false, null, false);
    if (target != null) {
      world.also(target.waits, false);
      world.comesAfter(target);
      target.observed = target.isWaiting();
    }
    self.target = null;
    self.strict = false;
    self.condition = null;
  }

  void meet(String because, BooleanSupplier condition) {
    SimThread self = world.current;
    self.condition = condition;
    self.because = because;
    world.step(OpKind.MEET, null, false, null, false);
    self.condition = null;
  }
}
