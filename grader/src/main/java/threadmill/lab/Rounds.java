package threadmill.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import threadmill.measure.Clock;
import threadmill.measure.Interval;
import threadmill.measure.Machine;
import threadmill.measure.Statistics;

/**
 * Measures several things in turn, round after round, so that what disturbs one disturbs all. Not
 * thread-safe.
 */
public final class Rounds implements AutoCloseable {
  private static final int FEWEST = 5;
  private static final int WARM_UP = 2;

  /** A batch is read in so many parts, of which the median counts. */
  static final int PARTS = 10;

  /** Something to be measured: in so many parts, each of which does so many. */
  private record Subject(Runnable part, int parts, int each, List<Double> nanos) {}

  /** Something that must be closed when everything is measured. */
  interface Resource {
    void close() throws IOException, InterruptedException;
  }

  private final Machine machine = Machine.here();
  private final Optional<String> complaint = machine.complaint();
  private final Clock clock;
  private final Map<String, Subject> subjects = new LinkedHashMap<>();
  private final List<Resource> held = new ArrayList<>();

  Rounds(Clock clock) {
    this.clock = clock;
  }

  /**
   * Adds something of which a batch is measured in a round, part by part: who else gets the
   * processor for a moment disturbs one part and not the median.
   *
   * @param batch how many units; 1, or a multiple of ten
   */
  Rounds add(String name, int batch, Runnable unit) {
    int parts = batch == 1 ? 1 : PARTS;
    int each = batch / parts;
    Runnable part =
        () -> {
          for (int i = 0; i < each; i++) {
            unit.run();
          }
        };
    subjects.put(name, new Subject(part, parts, each, new ArrayList<>()));
    return this;
  }

  /**
   * Adds something that can only be measured as a whole.
   *
   * @param all does it {@code batch} times
   */
  Rounds addWhole(String name, int batch, Runnable all) {
    subjects.put(name, new Subject(all, 1, batch, new ArrayList<>()));
    return this;
  }

  /** A pool that the subjects use, to be ended with this. */
  ExecutorService hold(ExecutorService pool) {
    held.add(
        () -> {
          pool.shutdownNow();
          pool.awaitTermination(5, TimeUnit.SECONDS);
        });
    return pool;
  }

  /** What the subjects use, to be closed with this. */
  <T extends Resource> T hold(T resource) {
    held.add(resource);
    return resource;
  }

  /** Goes on until the time is over, but at least for some rounds. */
  Rounds run(long seconds) {
    long end = clock.nanos() + seconds * 1_000_000_000L;
    for (int round = 0; round < WARM_UP + FEWEST || clock.nanos() < end; round++) {
      for (Map.Entry<String, Subject> subject : subjects.entrySet()) {
        double nanos = reading(subject.getKey());
        if (round >= WARM_UP) {
          subject.getValue().nanos().add(nanos);
        }
      }
    }
    return this;
  }

  /** How it was measured and on what machine, as that was before it began and meanwhile. */
  List<String> remarks(String how) {
    Stream<String> measured = Stream.of("Measured in turn, " + how + "; " + machine.words() + ".");
    Stream<String> doubts =
        Stream.concat(
                complaint.stream().map("before it began, "::concat),
                machine.complaintAboutSteal().stream().map("while it lasted, "::concat))
            .map(why -> "Do not rely on these figures, but measure again later: " + why + ".");
    return Stream.concat(measured, doubts).toList();
  }

  /** Measures one thing once, as in a round: nanoseconds for a unit. */
  public double reading(String name) {
    Subject subject = subjects.get(name);
    double[] nanos = new double[subject.parts()];
    for (int i = 0; i < nanos.length; i++) {
      long begin = clock.nanos();
      subject.part().run();
      nanos[i] = (clock.nanos() - begin) / (double) subject.each();
    }
    return Statistics.median(nanos);
  }

  /** What can be measured, in the order in which it is. */
  public List<String> names() {
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

  @Override
  public void close() throws IOException {
    IOException failed = null;
    for (Resource resource : held) {
      try {
        resource.close();
      } catch (IOException e) {
        failed = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private static String micros(double nanos) {
    String format = nanos < 1_000 ? "%.3f" : nanos < 100_000 ? "%.2f" : "%,.0f";
    return String.format(Locale.ROOT, format, nanos / 1_000);
  }
}
