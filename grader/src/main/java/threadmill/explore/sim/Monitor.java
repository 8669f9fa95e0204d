package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.List;

/** A monitor, or a lock of the JDK's: owner, entry count and who waits for it. */
final class Monitor {
  /** Threads that wait until they are notified, and where they meet those that notify. */
  static final class WaitSet {
    final Location place;

    /** What somebody does who wakes them. */
    final String verb;

    final List<SimThread> waiting = new ArrayList<>(2);

    WaitSet(Location place, String verb) {
      this.place = place;
      this.verb = verb;
    }
  }

  final Location lock;

  /** What those that wait on it itself wait in. */
  final WaitSet waitSet;

  /** Of a lock: where those that lock and unlock it meet those that only try; else null. */
  final Location attempts;

  /** Of a fair lock: those that wait for it, first come first served; else null. */
  final List<SimThread> queue;

  final String name;
  SimThread owner;

  /** Who entered last, if anybody. */
  SimThread last;

  int entries;
  Seen enteredAt = Seen.NOTHING;
  int[] released;

  /** Of a lock: what comes before that somebody has last got it or given it up. */
  int[] changed = Clock.NONE;

  private Monitor(
      Location lock, WaitSet waitSet, Location attempts, List<SimThread> queue, String name) {
    this.lock = lock;
    this.waitSet = waitSet;
    this.attempts = attempts;
    this.queue = queue;
    this.name = name;
  }

  static Monitor of(Location lock, Location waitSet, String name) {
    return new Monitor(lock, new WaitSet(waitSet, "notifies "), null, null, name);
  }

  static Monitor lock(Location lock, Location attempts, boolean fair, String name) {
    return new Monitor(lock, null, attempts, fair ? new ArrayList<>(2) : null, name);
  }

  boolean isLock() {
    return attempts != null;
  }

  /** Whether a thread that waits for it could have it now. */
  boolean isFreeFor(SimThread thread) {
    return owner == null && (queue == null || queue.isEmpty() || queue.get(0) == thread);
  }

  void comesLast(SimThread thread) {
    if (queue != null) {
      queue.add(thread);
    }
  }

  void leavesQueue(SimThread thread) {
    if (queue != null) {
      queue.remove(thread);
    }
  }
}
