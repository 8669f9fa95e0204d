package threadmill.harness;

import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/**
 * What the JVM tells of one thread at one instant.
 *
 * @param state as {@link Thread#getState}
 * @param cpuNanos processor time used since the thread began, in nanoseconds
 * @param waits how often it has waited, parked or slept so far
 * @param blocks how often it has been held up at a monitor so far
 */
record Probe(Thread.State state, long cpuNanos, long waits, long blocks) {
  private static final ThreadMXBean THREADS = OwnUse.threads();
  private static final Probe ENDED = new Probe(Thread.State.TERMINATED, 0, 0, 0);

  static Probe of(Thread thread) {
    @SuppressWarnings("deprecation")
    long id = thread.getId();
    ThreadInfo info = THREADS.getThreadInfo(id);
    if (info == null) {
      return ENDED;
    }
    long cpu = Math.max(0, THREADS.getThreadCpuTime(id));
    return new Probe(info.getThreadState(), cpu, info.getWaitedCount(), info.getBlockedCount());
  }

  /** Waits for somebody else without a time limit. */
  boolean asleep() {
    return state == Thread.State.WAITING || state == Thread.State.BLOCKED;
  }

  boolean timed() {
    return state == Thread.State.TIMED_WAITING;
  }

  /** Whether the thread has done nothing since an earlier probe. */
  boolean unmovedSince(Probe earlier) {
    return equals(earlier);
  }

  /** A thread held up at a monitor wakes now and then to look again (HotSpot up to 23): no move. */
  Probe settled() {
    return state == Thread.State.BLOCKED ? new Probe(state, 0, waits, blocks) : this;
  }
}
