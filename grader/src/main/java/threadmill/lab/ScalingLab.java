package threadmill.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import threadmill.lab.Plot.Curve;
import threadmill.measure.Clock;
import threadmill.measure.Fits;

/** How work scales with threads: independent, partly serial, and on a common counter. */
final class ScalingLab implements Lab {
  private static final int SECONDS = 20;
  private static final int[] THREADS = {1, 2, 4, 8};
  private static final int ITEMS = 64;
  private static final int STEPS = 200_000;

  /** So many that starting the threads does not count. */
  private static final int ADDITIONS = 4_000_000;

  /** A kind of work, which is the same in all for any number of threads. */
  private record Kind(String name, IntConsumer run) {}

  @Override
  public String id() {
    return "labs.scaling";
  }

  @Override
  public Findings run() throws IOException {
    try (Rounds rounds = rounds()) {
      return findings(rounds.run(SECONDS));
    }
  }

  @Override
  public Rounds rounds() {
    Rounds rounds = new Rounds(Clock.system());
    for (Kind kind : kinds()) {
      for (int n : THREADS) {
        rounds.add(kind.name() + " " + n, 1, () -> kind.run().accept(n));
      }
    }
    return rounds;
  }

  private static List<Kind> kinds() {
    Object lock = new Object();
    AtomicLong one = new AtomicLong();
    LongAdder striped = new LongAdder();
    return List.of(
        new Kind("independent", n -> split(n, ITEMS, () -> Work.compute(STEPS))),
        new Kind(
            "a fifth under a lock",
            n ->
                split(
                    n,
                    ITEMS,
                    () -> {
                      Work.compute(STEPS * 4 / 5);
                      synchronized (lock) {
                        Work.compute(STEPS / 5);
                      }
                    })),
        new Kind("one atomic counter", n -> split(n, ADDITIONS, one::incrementAndGet)),
        new Kind("striped counter", n -> split(n, ADDITIONS, striped::increment)));
  }

  /** The same work for any number of threads, each with its part. */
  private static void split(int threads, int all, Runnable item) {
    Work.onThreads(
        threads,
        number -> {
          int from = (int) ((long) all * number / threads);
          int to = (int) ((long) all * (number + 1) / threads);
          for (int i = from; i < to; i++) {
            item.run();
          }
        });
  }

  private static Findings findings(Rounds rounds) {
    double[] n = Arrays.stream(THREADS).asDoubleStream().toArray();
    List<List<String>> rows = new ArrayList<>();
    List<Curve> curves = new ArrayList<>();
    for (Kind kind : kinds()) {
      double[] speedups = new double[n.length];
      List<String> row = new ArrayList<>(List.of(kind.name()));
      for (int i = 0; i < n.length; i++) {
        speedups[i] =
            rounds.median(kind.name() + " " + THREADS[0])
                / rounds.median(kind.name() + " " + THREADS[i]);
        row.add(String.format(Locale.ROOT, "%.2f", speedups[i]));
      }
      Fits.Law amdahl = Fits.amdahl(n, speedups);
      Fits.Law usl = Fits.usl(n, speedups);
      row.add(String.format(Locale.ROOT, "%.2f ± %.2f", amdahl.sigma(), amdahl.residual()));
      row.add(
          String.format(
              Locale.ROOT, "%.2f, %.3f ± %.2f", usl.sigma(), usl.kappa(), usl.residual()));
      rows.add(row);
      curves.add(new Curve(kind.name(), n, speedups, false));
      curves.add(
          new Curve(kind.name() + " (USL)", n, Arrays.stream(n).map(usl::speedup).toArray(), true));
    }
    List<String> notes = new ArrayList<>();
    notes.add(
        "More threads than processors gain nothing that is computed: f and sigma then tell of"
            + " the machine, not of the program.");
    notes.add("± is the root of the mean squared error of the fit, in units of speed-up.");
    notes.addAll(rounds.remarks("medians"));
    return new Findings(
        "Speed-up against one thread",
        List.of("threads", "1", "2", "4", "8", "Amdahl: f", "USL: sigma, kappa"),
        rows,
        notes,
        Plot.curves("Speed-up against one thread", "speed-up", curves));
  }
}
