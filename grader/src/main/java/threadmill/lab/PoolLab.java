package threadmill.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import threadmill.lab.Plot.Curve;
import threadmill.measure.Clock;

/** Are more threads always faster? Throughput against the size of a pool. */
final class PoolLab implements Lab {
  private static final int SECONDS = 20;
  private static final int[] SIZES = {1, 2, 4, 8, 16, 32};
  private static final int TASKS = 32;

  @Override
  public String id() {
    return "labs.poolsizer";
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
    for (int size : SIZES) {
      ExecutorService pool = rounds.hold(Executors.newFixedThreadPool(size));
      rounds.add("computes " + size, 1, () -> all(pool, () -> Work.compute(500_000)));
      rounds.add("waits " + size, 1, () -> all(pool, PoolLab::waits));
    }
    return rounds;
  }

  /** A task that computes a little and waits for ten times as long. */
  private static void waits() {
    Work.compute(200_000);
    try {
      Thread.sleep(2);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void all(ExecutorService pool, Runnable task) {
    CountDownLatch done = new CountDownLatch(TASKS);
    for (int i = 0; i < TASKS; i++) {
      pool.execute(
          () -> {
            task.run();
            done.countDown();
          });
    }
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Findings findings(Rounds rounds) {
    double[] n = Arrays.stream(SIZES).asDoubleStream().toArray();
    List<List<String>> rows = new ArrayList<>();
    List<Curve> curves = new ArrayList<>();
    for (String kind : List.of("computes", "waits")) {
      double[] throughput =
          Arrays.stream(SIZES)
              .mapToDouble(s -> TASKS * 1e9 / rounds.median(kind + " " + s))
              .toArray();
      List<String> row = new ArrayList<>(List.of("task that " + kind));
      for (double each : throughput) {
        row.add(String.format(Locale.ROOT, "%.0f", each));
      }
      double most = Arrays.stream(throughput).max().orElseThrow();
      int best = 0;
      while (throughput[best] < 0.9 * most) {
        best++;
      }
      row.add(Integer.toString(SIZES[best]));
      rows.add(row);
      curves.add(new Curve("tasks that " + kind.replaceAll("s$", ""), n, throughput, false));
    }
    List<String> head = new ArrayList<>(List.of("threads"));
    Arrays.stream(SIZES).forEach(size -> head.add(Integer.toString(size)));
    head.add("smallest within 10 %");
    List<String> notes = new ArrayList<>();
    notes.add(
        "Tasks that compute gain nothing beyond the processors; tasks that wait gain up to"
            + " processors × (1 + waiting / computing).");
    notes.addAll(rounds.remarks("medians"));
    return new Findings(
        "Tasks per second",
        head,
        rows,
        notes,
        Plot.curves("Are more threads always faster?", "tasks per second", curves));
  }
}
