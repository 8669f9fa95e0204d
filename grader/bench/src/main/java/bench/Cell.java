package bench;

import bench.peer.Verdict;

/**
 * One verdict of one tool.
 *
 * @param verdict what it said, or null if it was not asked
 * @param wall seconds from the start of its JVM to its end
 */
record Cell(Entry entry, String tool, Verdict verdict, double wall) {
  boolean asked() {
    return verdict != null;
  }

  /** Whether what it said is true. */
  boolean decided() {
    return outcome().equals("found") || outcome().equals("ok");
  }

  String outcome() {
    if (!asked()) {
      return "n/a";
    }
    return switch (verdict.answer()) {
      case UNDECIDED -> verdict.words().contains("out of time") ? "time-out" : "gave up";
      case WRONG -> entry.right() ? "FALSE ALARM" : "found";
      case NOTHING_FOUND -> entry.right() ? "ok" : "missed";
    };
  }
}
