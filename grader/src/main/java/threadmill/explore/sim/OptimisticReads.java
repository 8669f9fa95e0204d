package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a thread has read since {@code StampedLock.tryOptimisticRead()}. It counts only if the lock
 * is asked afterwards whether anybody has held it meanwhile, and is no race then, whoever wrote it.
 */
final class OptimisticReads {
  /** One of them. */
  static final class Read {
    final Location at;

    /** When the thread had read it before that. */
    final int epochBefore;

    /** Where the thread was, if that is looked at. */
    final Seen by;

    /** Whether a write is not ordered with it. */
    private boolean conflicts;

    private Read(Location at, int epochBefore, Seen by, boolean conflicts) {
      this.at = at;
      this.epochBefore = epochBefore;
      this.by = by;
      this.conflicts = conflicts;
    }

    boolean conflicts() {
      return conflicts;
    }
  }

  private final List<Object> locks = new ArrayList<>();
  private final List<Read> reads = new ArrayList<>();

  boolean areOpen() {
    return !locks.isEmpty();
  }

  boolean areOpenFor(Object lock) {
    return locks.stream().anyMatch(open -> open == lock);
  }

  void begin(Object lock) {
    locks.add(lock);
  }

  void add(Location at, int epochBefore, Seen by, boolean conflicts) {
    reads.add(new Read(at, epochBefore, by, conflicts));
  }

  /** A write conflicts with what was read there; whether that was read optimistically. */
  boolean conflict(Location at) {
    boolean found = false;
    for (Read read : reads) {
      if (read.at == at) {
        read.conflicts = true;
        found = true;
      }
    }
    return found;
  }

  /**
   * A lock has answered.
   *
   * @return the reads that are over: all, once one lock says that they do not count, or the last
   *     one that they do
   */
  List<Read> end(Object lock, boolean valid) {
    if (!areOpenFor(lock)) {
      return List.of();
    }
    locks.removeIf(open -> open == lock);
    return valid && areOpen() ? List.of() : giveUp();
  }

  /** Closes them all, and answers what was read, the last first. */
  List<Read> giveUp() {
    List<Read> all = new ArrayList<>(reads);
    Collections.reverse(all);
    reads.clear();
    locks.clear();
    return all;
  }
}
