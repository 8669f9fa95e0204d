package threadmill.explore.sim;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/** The monitors of one run, and what locks have in common with them: waiting and notifying. */
final class Monitors {
  private static final int LOCK_KEY = -2;
  private static final int WAIT_KEY = -3;
  private final World world;

  Monitors(World world) {
    this.world = world;
  }

  private Monitor monitor(Object object) {
    Shadow shadow = world.memory.shadow(object);
    if (shadow.monitor == null) {
      String name =
          object instanceof Class<?> c
              ? "the class " + Names.simple(c.getName())
              : Names.value(object).replaceFirst("^an? ", "the ");
      shadow.monitor =
          Monitor.of(
              new Location(++world.ids, LOCK_KEY, name, true),
              new Location(++world.ids, WAIT_KEY, name, false),
              name);
    }
    return shadow.monitor;
  }

  void enter(Object object) {
    SimThread self = world.current;
    Monitor monitor = monitor(object);
    if (monitor.owner == self) {
      monitor.entries++;
      return;
    }
    self.monitor = monitor;
    world.step(OpKind.ENTER, monitor.lock, true, null, false);
    meet(self, monitor, "enters ");
    own(self, monitor, 1);
    world.tell("enters ", monitor.name);
  }

  /** Those that are to have nothing in common meet here, even if none of them had to wait. */
  void meet(SimThread self, Monitor monitor, String does) {
    SimThread last = monitor.last;
    if (self.independent != null && last != self && last != null && last.independent != null) {
      String how = does + monitor.name;
      world.tell(how);
      world.stop(Stuck.dependent(self, how + ", as " + last.name + " does"));
    }
  }

  void own(SimThread self, Monitor monitor, int entries) {
    monitor.leavesQueue(self);
    monitor.owner = self;
    monitor.last = self;
    monitor.entries = entries;
    monitor.enteredAt = self.seen;
    self.happened = Clock.join(self.happened, monitor.released);
    world.changed();
  }

  void exit(Object object) {
    SimThread self = world.current;
    Monitor monitor = monitor(object);
    if (monitor.owner != self) {
      throw new IllegalMonitorStateException();
    }
    if (--monitor.entries > 0) {
      return;
    }
    // Giving it up before another asks or after cannot be told apart: no choice is needed here.
    world.announce(self, OpKind.EXIT, monitor.lock, false, null, false);
    world.record(self);
    release(self, monitor);
    world.tell("leaves ", monitor.name);
  }

  void release(SimThread self, Monitor monitor) {
    monitor.owner = null;
    monitor.released = Clock.copy(self.happened);
    world.published(self);
    world.changed();
  }

  boolean holds(Object object) {
    return monitor(object).owner == world.current;
  }

  /**
   * @param wait in nanoseconds, 0 for ever
   */
  void await(Object object, long wait) throws InterruptedException {
    Monitor monitor = owned(object);
    await(monitor, monitor.waitSet, wait == 0 ? -1 : wait, true);
  }

  /**
   * @param monitor is the running thread's
   * @param wait in nanoseconds, negative for ever
   * @return whether it was notified
   */
  boolean await(Monitor monitor, Monitor.WaitSet set, long wait, boolean interruptible)
      throws InterruptedException {
    SimThread self = world.current;
    Location flag = world.memory.flag(self);
    long end = wait >= 0 ? world.waits.deadline(wait) : SimThread.NEVER;
    self.early = world.waits.early(wait == 0 ? SimThread.NEVER : end, monitor.isLock());
    world.announce(self, OpKind.WAIT, monitor.lock, false, monitor.attempts, false);
    if (monitor.isLock()) {
      world.dispatch(self);
    } else {
      world.record(self);
    }
    if (interruptible && self.interrupted) {
      self.early = 0;
      world.waits.clear(self, flag);
      throw new InterruptedException();
    }
    self.savedEntries = monitor.entries;
    self.notified = false;
    self.interruptible = interruptible;
    self.deadline = end;
    self.waitSet = set;
    set.waiting.add(self);
    release(self, monitor);
    world.tell(monitor.isLock() ? "waits to be signalled" : "waits on " + monitor.name);
    self.monitor = monitor;
    world.step(OpKind.WAKE, set.place, false, flag, true);
    boolean interrupted = false;
    if (self.kind == OpKind.WAKE) {
      world.waits.expire(self);
      interrupted = interruptible && self.interrupted;
      String why =
          interrupted
              ? "is interrupted"
              : self.early == 1 ? "wakes up for no reason" : "has waited long enough";
      set.waiting.remove(self);
      monitor.comesLast(self);
      world.tell(why);
      self.deadline = SimThread.NEVER;
      self.early = 0;
      world.step(OpKind.ENTER, monitor.lock, true, monitor.attempts, false);
    }
    // Whose time is over and who has not given up was notified, and had to wait for the monitor.
    boolean late = self.early == 2;
    if (late) {
      self.deadline = end;
      world.waits.expire(self);
    }
    self.deadline = SimThread.NEVER;
    self.early = 0;
    own(self, monitor, self.savedEntries);
    String how = monitor.isLock() ? "gets the lock again" : "enters " + monitor.name + " again";
    world.tell(how + (late ? ", late" : ""));
    if (monitor.isLock()) {
      world.waits.usesUpPermit(self);
    }
    // On a monitor an interrupt counts until it is entered again; on a condition, until it wakes.
    boolean counts = monitor.isLock() ? interrupted : self.interrupted && !self.notified;
    if (counts) {
      world.waits.clear(self, flag);
      throw new InterruptedException();
    }
    return self.notified;
  }

  private Monitor owned(Object object) {
    Monitor monitor = monitor(object);
    if (monitor.owner != world.current) {
      throw new IllegalMonitorStateException("current thread is not owner");
    }
    return monitor;
  }

  void notify(Object object, boolean all) {
    Monitor monitor = owned(object);
    notify(monitor.waitSet, all, waiting -> waiting == 1 ? 0 : world.pickAlternative(waiting));
  }

  /**
   * @param which of so many is notified, if not all are
   */
  void notify(Monitor.WaitSet set, boolean all, IntUnaryOperator which) {
    SimThread self = world.current;
    world.step(OpKind.NOTIFY, set.place, true, null, false);
    if (set.waiting.isEmpty()) {
      world.tell(set.verb + "nobody");
      return;
    }
    List<SimThread> woken =
        all
            ? List.copyOf(set.waiting)
            : List.of(set.waiting.get(which.applyAsInt(set.waiting.size())));
    world.tell(set.verb + names(woken));
    woken.forEach(t -> wake(t, self));
    set.waiting.removeAll(woken);
  }

  /** A thread that ends notifies all who wait on it. */
  void ended(SimThread self) {
    Monitor monitor = world.memory.shadow(self.thread).monitor;
    if (monitor != null) {
      world.also(monitor.waitSet.place, true);
      monitor.waitSet.waiting.forEach(t -> wake(t, self));
      monitor.waitSet.waiting.clear();
    }
  }

  private static String names(List<SimThread> some) {
    return some.stream().map(t -> t.name).collect(Collectors.joining(" and "));
  }

  /** A notified thread has only to get in again. */
  private void wake(SimThread woken, SimThread by) {
    woken.notified = true;
    woken.kind = OpKind.ENTER;
    woken.first = woken.monitor.lock;
    woken.writesFirst = true;
    woken.second = woken.monitor.attempts;
    woken.writesSecond = false;
    woken.monitor.comesLast(woken);
    woken.deadline = SimThread.NEVER;
    woken.order = Clock.join(woken.order, by.order);
    world.changed();
  }
}
