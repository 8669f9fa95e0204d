package threadmill.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import threadmill.measure.Clock;
import threadmill.measure.Interval;
import threadmill.measure.Machine;
import threadmill.measure.Statistics;

/** Measures several things in turn, round after round, so that what disturbs one disturbs all. */
final class Rounds {
  private static final int FEWEST = 5;
  private static final int WARM_UP = 2;

  /** Something to be measured: so many runs by one reading of the clock, which do so many units. */
  private record Subject(Runnable run, int runs, int units, List<Double> nanos) {}

  private final String before = Machine.here().words();
  private final Optional<String> complaint = Machine.here().complaint();
  private final Clock clock;
  private final Map<String, Subject> subjects = new LinkedHashMap<>();

  Rounds(Clock clock) {
    this.clock = clock;
  }

  /**
   * @param batch how many units are measured by one reading of the clock
   */
  Rounds add(String name, int batch, Runnable unit) {
    subjects.put(name, new Subject(unit, batch, batch, new ArrayList<>()));
    return this;
  }

  /**
   * @param units how many units one run of the batch does
   */
  Rounds addWhole(String name, int units, Runnable batch) {
    subjects.put(name, new Subject(batch, 1, units, new ArrayList<>()));
    return this;
  }

  /** Goes on until the time is over, but at least for some rounds. */
  Rounds run(long seconds) {
    long end = clock.nanos() + seconds * 1_000_000_000L;
    for (int round = 0; round < WARM_UP + FEWEST || clock.nanos() < end; round++) {
      for (Subject subject : subjects.values()) {
        long begin = clock.nanos();
        for (int i = 0; i < subject.runs(); i++) {
          subject.run().run();
        }
        if (round >= WARM_UP) {
          subject.nanos().add((clock.nanos() - begin) / (double) subject.units());
        }
      }
    }
    return this;
  }

  /** How it was measured and on what machine, as that was before it began. */
  List<String> remarks(String how) {
    Stream<String> measured = Stream.of("Measured in turn, " + how + "; " + before + ".");
    Stream<String> doubt =
        complaint.stream()
            .map(
                why ->
                    "Do not rely on these figures, but measure again later: before it began, "
                        + why
                        + ".");
    return Stream.concat(measured, doubt).toList();
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
        ratio(median(name) / median(to)));
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, ratio < 1 ? "%.2g" : "%.1f", ratio);
  }

  private static String micros(double nanos) {
    String format = nanos < 1_000 ? "%.3f" : nanos < 100_000 ? "%.2f" : "%,.0f";
    return String.format(Locale.ROOT, format, nanos / 1_000);
  }
}
