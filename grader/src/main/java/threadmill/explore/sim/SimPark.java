package threadmill.explore.sim;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Stands in for {@link java.util.concurrent.locks.LockSupport}. */
public final class SimPark {
  private SimPark() {}

  private static void park(Object blocker, long nanos) {
    Hooks.parkFor(blocker, nanos);
  }

  public static void park() {
    park(null, -1);
  }

  public static void park(Object blocker) {
    park(blocker, -1);
  }

  public static void parkNanos(long nanos) {
    parkNanos(null, nanos);
  }

  public static void parkNanos(Object blocker, long nanos) {
    if (nanos > 0) {
      park(blocker, nanos);
    }
  }

  public static void parkUntil(long deadline) {
    parkUntil(null, deadline);
  }

  public static void parkUntil(Object blocker, long deadline) {
    long millis = Math.max(0, deadline - Hooks.currentTimeMillis());
    park(blocker, TimeUnit.MILLISECONDS.toNanos(millis));
  }

  public static void unpark(Thread thread) {
    Hooks.unpark(thread);
  }

  /** As JDK 17's read-write lock asks. */
  public static long getThreadId(Thread thread) {
    return Hooks.threadId(thread);
  }

  public static Object getBlocker(Thread thread) {
    World world = Hooks.world();
    SimThread known = world == null ? null : world.of(Objects.requireNonNull(thread));
    return known == null ? null : known.blocker;
  }

  public static void setCurrentBlocker(Object blocker) {
    World world = Hooks.world();
    if (world != null) {
      world.current().blocker = blocker;
    }
  }
}
