package threadmill;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A clock that calls back. */
public interface AlarmClock extends Clock {
  /** Something that is to be done later. */
  interface Alarm {
    /** Calls it off. It may be too late for that: the action runs already, or has run. */
    void cancel();
  }

  /** Runs the action once, when the delay is over, on a thread that is not the caller's. */
  Alarm after(Duration delay, Runnable action);

  /** The machine's own. */
  static AlarmClock system() {
    return SystemClock.ONLY;
  }

  /** Rings on one daemon thread, whoever has set the alarm. */
  final class SystemClock implements AlarmClock {
    private static final SystemClock ONLY = new SystemClock();
    private final ScheduledThreadPoolExecutor ringer;

    private SystemClock() {
      ringer = new ScheduledThreadPoolExecutor(1, Ringer::new);
      ringer.setRemoveOnCancelPolicy(true);
    }

    private static final class Ringer extends Thread {
      Ringer(Runnable work) {
        super(work, "alarm clock");
        setDaemon(true);
      }
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public Alarm after(Duration delay, Runnable action) {
      ScheduledFuture<?> alarm = ringer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> alarm.cancel(false);
    }
  }
}
