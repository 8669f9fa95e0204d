package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.List;

/** A monitor: owner, entry count and wait set. */
final class Monitor {
  final Location lock;
  final Location waitSet;
  final String name;
  SimThread owner;

  /** Who entered last, if anybody. */
  SimThread last;

  int entries;
  Seen enteredAt = Seen.NOTHING;
  final List<SimThread> waiting = new ArrayList<>(2);
  int[] released;

  Monitor(Location lock, Location waitSet, String name) {
    this.lock = lock;
    this.waitSet = waitSet;
    this.name = name;
  }
}
