package threadmill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A clock that stands still until it is moved: for tests, in which time is no matter of luck. */
public final class ManualClock implements AlarmClock {
  private record Set(long due, long number, Runnable action) {}

  private final List<Set> alarms = new ArrayList<>();
  private long now;
  private long count;

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public synchronized Alarm after(Duration delay, Runnable action) {
    Set alarm = new Set(now + Math.max(0, delay.toNanos()), count++, action);
    alarms.add(alarm);
    return () -> cancel(alarm);
  }

  /** How many alarms are set. */
  public synchronized int pending() {
    return alarms.size();
  }

  /** Moves the clock, and runs what is due on the way, in order, on the caller's thread. */
  public void advance(Duration time) {
    long end = nanos() + time.toNanos();
    for (Set next = next(end); next != null; next = next(end)) {
      next.action().run();
    }
  }

  private synchronized Set next(long end) {
    Set next =
        alarms.stream()
            .filter(a -> a.due() <= end)
            .min(Comparator.comparingLong(Set::due).thenComparingLong(Set::number))
            .orElse(null);
    now = next == null ? end : Math.max(now, next.due());
    alarms.remove(next);
    return next;
  }

  private synchronized void cancel(Set alarm) {
    alarms.remove(alarm);
  }
}
