package processes.tabsupervisor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import threadmill.AlarmClock;
import threadmill.ManualClock;

/** A clock that knows which alarms were set, and may ring those that were cancelled. Thread-safe. */
final class WatchedClock implements AlarmClock {
  private final AlarmClock clock;
  private final boolean ringsInAnyCase;
  private final List<Long> set = new CopyOnWriteArrayList<>();

  WatchedClock(ManualClock clock, boolean ringsInAnyCase) {
    this.clock = clock;
    this.ringsInAnyCase = ringsInAnyCase;
  }

  /** Whether an alarm was ever set for this time. */
  boolean wasSetFor(long nanos) {
    return set.contains(nanos);
  }

  @Override
  public long nanos() {
    return clock.nanos();
  }

  /** To cancel an alarm is no promise that it does not ring. */
  @Override
  public Alarm after(Duration delay, Runnable action) {
    Alarm alarm = clock.after(delay, action);
    set.add(clock.nanos() + delay.toNanos());
    return ringsInAnyCase ? () -> {} : alarm;
  }
}
