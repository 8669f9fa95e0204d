package threadmill.explore.sim;

import java.util.List;
import java.util.stream.Collectors;

/** The monitors of one run: entering, leaving, waiting and notifying. */
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
          new Monitor(
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
    SimThread last = monitor.last;
    if (self.independent != null && last != self && last != null && last.independent != null) {
      // To leave is no point of choice, so that nobody need be met waiting here.
      String how = "enters " + monitor.name;
      world.tell(how);
      world.stop(Stuck.dependent(self, how + ", as " + last.name + " does"));
    }
    own(self, monitor, 1);
    world.tell("enters ", monitor.name);
  }

  private void own(SimThread self, Monitor monitor, int entries) {
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

  private void release(SimThread self, Monitor monitor) {
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
    SimThread self = world.current;
    Monitor monitor = owned(object);
    Location flag = world.memory.flag(self);
    long end = wait > 0 ? world.waits.deadline(wait) : SimThread.NEVER;
    self.early = world.waits.early(end, false);
    world.announce(self, OpKind.WAIT, monitor.lock, false, null, false);
    world.record(self);
    if (self.interrupted) {
      world.waits.clear(self, flag);
      throw new InterruptedException();
    }
    self.savedEntries = monitor.entries;
    self.notified = false;
    self.deadline = end;
    monitor.waiting.add(self);
    release(self, monitor);
    world.tell("waits on ", monitor.name);
    self.monitor = monitor;
    world.step(OpKind.WAKE, monitor.waitSet, false, flag, true);
    if (self.kind == OpKind.WAKE) {
      world.waits.expire(self);
      String why =
          self.interrupted
              ? "is interrupted"
              : self.early == 1 ? "wakes up for no reason" : "has waited long enough";
      monitor.waiting.remove(self);
      world.tell(why);
      self.deadline = SimThread.NEVER;
      self.early = 0;
      world.step(OpKind.ENTER, monitor.lock, true, null, false);
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
    world.tell("enters " + monitor.name + " again" + (late ? ", late" : ""));
    if (self.interrupted && !self.notified) {
      world.waits.clear(self, flag);
      throw new InterruptedException();
    }
  }

  private Monitor owned(Object object) {
    Monitor monitor = monitor(object);
    if (monitor.owner != world.current) {
      throw new IllegalMonitorStateException("current thread is not owner");
    }
    return monitor;
  }

  void notify(Object object, boolean all) {
    SimThread self = world.current;
    Monitor monitor = owned(object);
    world.announce(self, OpKind.NOTIFY, monitor.waitSet, true, null, false);
    world.dispatch(self);
    if (monitor.waiting.isEmpty()) {
      world.tell("notifies nobody");
      return;
    }
    if (all) {
      world.tell("notifies " + names(monitor.waiting));
      List.copyOf(monitor.waiting).forEach(t -> wake(t, self));
    } else {
      int chosen = monitor.waiting.size() == 1 ? 0 : world.pickAlternative(monitor.waiting.size());
      SimThread woken = monitor.waiting.get(chosen);
      world.tell("notifies " + woken.name);
      wake(woken, self);
    }
    monitor.waiting.removeIf(t -> t.notified);
  }

  /** A thread that ends notifies all who wait on it. */
  void ended(SimThread self) {
    Monitor monitor = world.memory.shadow(self.thread).monitor;
    if (monitor != null) {
      world.also(monitor.waitSet, true);
      monitor.waiting.forEach(t -> wake(t, self));
      monitor.waiting.clear();
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
    woken.second = null;
    woken.deadline = SimThread.NEVER;
    woken.order = Clock.join(woken.order, by.order);
    world.changed();
  }
}
