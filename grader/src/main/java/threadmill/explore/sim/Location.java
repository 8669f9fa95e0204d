package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.List;

/** A place in memory, or a monitor, a permit, a flag: whatever operations can conflict on. */
final class Location {
  private static final int COMMON_KEY = -10;

  final int id;

  /** Of all places of the same sort: a field's number, or a negative one. */
  final int key;

  /** What a race here is called, and what a story calls it. */
  final String name;

  /** Whether it is a lock: only entering conflicts with entering. */
  final boolean isLock;

  /** Whether all threads have it in common beside the memory: one of {@link Event#sees}. */
  final long common;

  // Trace order: who touched it last.
  Event lastWrite;
  final List<Event> readsSince = new ArrayList<>(2);
  int[] released;

  // Happens-before: plain and other accesses, as thread and epoch.
  int writer = -1;
  int writeEpoch;
  boolean plainWrite;
  Seen writeSeen;
  int[] readEpochs;
  long plainReaders;
  Seen[] readSeen;
  int[] sync;

  /** Writes that a read may see, oldest first; null while only the newest counts. */
  List<Version> versions;

  /** The last write that anybody had seen before a full fence. */
  private Version fenced;

  private Visits[] visits = {};

  Location(int id, int key, String name, boolean isLock) {
    this(id, key, name, isLock, 0);
  }

  private Location(int id, int key, String name, boolean isLock, long common) {
    this.id = id;
    this.key = key;
    this.name = name;
    this.isLock = isLock;
    this.common = common;
  }

  /** What operations depend on besides where they are: the clock, or whether some thread waits. */
  static Location common(String name, long bit) {
    return new Location(0, COMMON_KEY, name, false, bit);
  }

  /** What one thread did here. */
  static final class Visits {
    int changes = -1;
    int again;
    int others = -1;
    int rounds;
    int failed = -1;
    int failures;

    /** The old write it keeps seeing, and the last one it has seen in coherence order. */
    Version stale;

    Version floor;
  }

  /** When a thread has read it last; 0 for never. */
  int readEpoch(int thread) {
    return readEpochs == null || thread >= readEpochs.length ? 0 : readEpochs[thread];
  }

  /** As if a thread had not read it since. */
  void forget(int thread, int epochBefore) {
    readEpochs[thread] = epochBefore;
  }

  Visits visits(int thread) {
    if (thread >= visits.length) {
      Visits[] more = new Visits[thread + 2];
      System.arraycopy(visits, 0, more, 0, visits.length);
      visits = more;
    }
    if (visits[thread] == null) {
      visits[thread] = new Visits();
    }
    return visits[thread];
  }

  /**
   * A full fence of a thread: what was seen before an earlier one is the least it sees after it.
   */
  void fence(int thread) {
    Version seen = visits(thread).floor;
    fenced = versions.indexOf(seen) > versions.indexOf(fenced) ? seen : fenced;
    visits(thread).floor = fenced;
  }

  /** One write. */
  static final class Version {
    final Object value;
    final int thread;
    final int epoch;
    final int[] before;

    /** What an acquiring read of it synchronizes with. */
    final int[] released;

    /**
     * Whether a volatile read must see it, or a later one: it was volatile itself, somebody else
     * has seen it, or its thread has done something volatile since. Until then it may be under way.
     */
    boolean settled;

    /** Of each thread, when it first saw this write by a read that is not plain. */
    private int[] seen = Clock.NONE;

    void seenBy(SimThread reader) {
      if (Clock.at(seen, reader.index) == 0) {
        seen = Clock.set(Clock.copy(seen), reader.index, reader.epoch);
      }
    }

    /** Whether somebody has seen it before what this thread does now. */
    boolean isKnownTo(SimThread reader) {
      for (int thread = 0; thread < seen.length; thread++) {
        if (seen[thread] > 0 && Clock.at(reader.happened, thread) >= seen[thread]) {
          return true;
        }
      }
      return false;
    }

    Version(Object value, int thread, int epoch, int[] before, int[] released, boolean settled) {
      this.value = value;
      this.thread = thread;
      this.epoch = epoch;
      this.before = before;
      this.released = released;
      this.settled = settled;
    }
  }

  Version newest() {
    return versions.get(versions.size() - 1);
  }

  /** Whether the newest write is another thread's and may still be under way. */
  boolean isUnderWayFor(int reader) {
    return versions != null && !newest().settled && newest().thread != reader;
  }

  /** A thread's writes have arrived. */
  void settle(int thread) {
    for (Version version : versions) {
      version.settled |= version.thread == thread;
    }
  }
}
