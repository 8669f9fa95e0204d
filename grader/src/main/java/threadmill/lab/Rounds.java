package threadmill.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import threadmill.measure.Clock;
import threadmill.measure.Interval;
import threadmill.measure.Statistics;

/** Measures several things in turn, round after round, so that what disturbs one disturbs all. */
final class Rounds {
  private static final int FEWEST = 5;
  private static final int WARM_UP = 2;

  /** Something to be measured, so many at a time. */
  private record Subject(Runnable unit, int batch, List<Double> nanos) {}

  private final Clock clock;
  private final Map<String, Subject> subjects = new LinkedHashMap<>();

  Rounds(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param batch how many units are measured by one reading of the clock
   */
  Rounds add(String name, int batch, Runnable unit) {
    subjects.put(name, new Subject(unit, batch, new ArrayList<>()));
    return this;
  }

  /** Goes on until the time is over, but at least for some rounds. */
  Rounds run(long seconds) {
    long end = clock.nanos() + seconds * 1_000_000_000L;
    for (int round = 0; round < WARM_UP + FEWEST || clock.nanos() < end; round++) {
      for (Subject subject : subjects.values()) {
        long begin = clock.nanos();
        for (int i = 0; i < subject.batch(); i++) {
          subject.unit().run();
        }
        if (round >= WARM_UP) {
          subject.nanos().add((clock.nanos() - begin) / (double) subject.batch());
        }
      }
    }
    return this;
  }

  List<String> names() {
    return List.copyOf(subjects.keySet());
  }

  double[] nanos(String name) {
    return subjects.get(name).nanos().stream().mapToDouble(Double::doubleValue).toArray();
  }

  double median(String name) {
    return Statistics.median(nanos(name));
  }

  /** The median in microseconds, with its interval. */
  List<String> row(String name, String to) {
    Interval interval = Statistics.ofMedian(nanos(name));
    return List.of(
        name,
        micros(median(name)),
        micros(interval.low()) + " – " + micros(interval.high()),
        String.format(Locale.ROOT, "%.1f", median(name) / median(to)));
  }

  private static String micros(double nanos) {
    return String.format(Locale.ROOT, nanos < 100_000 ? "%.2f" : "%.0f", nanos / 1_000);
  }
}
