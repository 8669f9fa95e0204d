package threadmill.harness;

import java.util.List;
import java.util.Locale;

/**
 * Tells a thread that waits from one that burns processor time or polls.
 *
 * <p>Waiting is proved by state first and consumption second: 60 ms in which the thread is WAITING
 * or BLOCKED in every sample, asleep for the kernel as well, and has neither used processor time
 * nor waited anew; or a whole second of the same with a time limit, for a limit so long is no
 * looking again. Burning is 60 ms of its own processor time before that; polling is a timed wait in
 * four of five samples over a second, or 60 separate waits.
 */
final class Quiet {
  private static final long MS = 1_000_000L;
  private static final long WINDOW = 60 * MS;
  private static final long BURNT = 60 * MS;
  private static final long POLLED = 1_000 * MS;
  private static final long PATIENT = 1_000 * MS;
  private static final int WAITS = 60;
  private static final long LIMIT = 30_000 * MS;

  enum End {
    QUIET,
    RETURNED,
    BURNS,
    POLLS,
    UNCLEAR
  }

  record Report(End end, List<String> evidence) {}

  private final Step<?> step;
  private final long begin = System.nanoTime();
  private final Probe first;
  private int samples;
  private int timed;

  private Quiet(Step<?> step) {
    this.step = step;
    this.first = Probe.of(step.thread());
  }

  static Report watch(Step<?> step) {
    return new Quiet(step).watch();
  }

  private Report watch() {
    Probe previous = first;
    long calmSince = System.nanoTime();
    long patientSince = calmSince;
    while (true) {
      if (step.awaitMillis(2)) {
        return new Report(End.RETURNED, List.of());
      }
      Probe now = Probe.of(step.thread());
      long time = System.nanoTime();
      samples++;
      timed += now.timed() ? 1 : 0;
      if (!now.asleep() || !step.isAsleepInTheKernel() || !now.unmovedSince(previous)) {
        calmSince = time;
      }
      if (!now.asleep() && !now.timed() || !now.unmovedSince(previous)) {
        patientSince = time;
      }
      previous = now;
      boolean quiet = time - calmSince >= WINDOW || time - patientSince >= PATIENT;
      if (quiet && samples >= 5) {
        return new Report(End.QUIET, List.of());
      }
      if (now.cpuNanos() - first.cpuNanos() > BURNT) {
        return report(End.BURNS, now, time);
      }
      boolean mostlyTimed = samples >= 20 && timed >= samples * 4 / 5;
      boolean again = now.waits() - first.waits() > 1;
      if (time - begin >= POLLED && mostlyTimed && again || now.waits() - first.waits() > WAITS) {
        return report(End.POLLS, now, time);
      }
      if (time - begin > LIMIT) {
        return report(End.UNCLEAR, now, time);
      }
    }
  }

  private Report report(End end, Probe now, long time) {
    String seen =
        String.format(
            Locale.ROOT,
            "in %d ms it used %d ms of processor time, began %d waits and was in a timed wait in %d"
                + " of %d samples; last state %s",
            (time - begin) / MS,
            (now.cpuNanos() - first.cpuNanos()) / MS,
            now.waits() - first.waits(),
            timed,
            samples,
            now.state());
    return new Report(end, List.of(seen));
  }
}
