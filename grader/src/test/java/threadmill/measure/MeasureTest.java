package threadmill.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Truths that are planted, by a clock that is moved by hand, and found again. */
class MeasureTest {
  private long now;

  private Runnable takes(DoubleSupplier nanos) {
    return () -> now += (long) nanos.getAsDouble();
  }

  private Duel duel(Optional<String> complaint) {
    return new Duel(() -> now, () -> complaint, 127);
  }

  @Test
  void a_quantile_lies_between_its_neighbours() {
    double[] values = {4, 1, 3, 2};
    assertEquals(2.5, Statistics.median(values));
    assertEquals(1, Statistics.quantile(values, 0));
    assertEquals(4, Statistics.quantile(values, 1));
    assertEquals(1.75, Statistics.quantile(values, 0.25));
    assertThrows(IllegalArgumentException.class, () -> Statistics.median(new double[0]));
  }

  @Test
  void the_interval_of_a_median_holds_the_truth_about_as_often_as_it_says() {
    Random random = new Random(7);
    int held = 0;
    for (int i = 0; i < 300; i++) {
      double[] values = random.doubles(25).map(u -> 100 - 10 * Math.log(1 - u)).toArray();
      Interval interval = Statistics.ofMedian(values);
      double truth = 100 + 10 * Math.log(2);
      held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    assertTrue(held > 300 * 0.90, "only " + held + " of 300 intervals of 95 % hold the truth");
  }

  @Test
  void a_large_effect_holds_and_a_missing_one_fails_whatever_the_noise() {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      // Outliers hit both alike; a mean would follow them.
      DoubleSupplier noise = () -> 1 + random.nextDouble() + (random.nextInt(20) == 0 ? 50 : 0);
      Runnable quick = takes(() -> 1_000 * noise.getAsDouble());
      Runnable slow = takes(() -> 20_000 * noise.getAsDouble());
      Runnable baseline = takes(() -> 500);
      assertEquals(Ruling.HOLDS, duel(Optional.empty()).compare(slow, quick, baseline, 5).ruling());
      assertEquals(
          Ruling.FAILS, duel(Optional.empty()).compare(quick, quick, baseline, 5).ruling());
    }
  }

  @Test
  void what_is_near_the_gate_is_not_ruled_on() {
    Random random = new Random(1);
    Runnable quick = takes(() -> 1_000 * (1 + random.nextDouble()));
    Runnable slow = takes(() -> 4_500 * (1 + random.nextDouble()));
    Comparison comparison = duel(Optional.empty()).compare(slow, quick, takes(() -> 500), 5);
    assertEquals(Ruling.INCONCLUSIVE, comparison.ruling(), comparison.toString());
    assertEquals(127, comparison.rounds());
  }

  @Test
  void a_machine_that_drifts_or_complains_tells_nothing() {
    long[] baseline = {100};
    Runnable slower = takes(() -> baseline[0] += 40);
    Comparison drifted =
        duel(Optional.empty()).compare(takes(() -> 90_000), takes(() -> 1_000), slower, 5);
    assertEquals(Ruling.INCONCLUSIVE, drifted.ruling());
    assertTrue(drifted.reason().startsWith("the baseline itself changed"), drifted.reason());
    Comparison stolen =
        duel(Optional.of("steal"))
            .compare(takes(() -> 90_000), takes(() -> 1_000), takes(() -> 100), 5);
    assertEquals(Ruling.INCONCLUSIVE, stolen.ruling());
    assertEquals("steal", stolen.reason());
  }

  @Test
  void small_effects_are_refused_as_gates() {
    assertThrows(
        IllegalArgumentException.class,
        () -> duel(Optional.empty()).compare(() -> {}, () -> {}, () -> {}, 2));
  }

  @Test
  void planted_laws_of_scaling_are_found() {
    double[] n = {1, 2, 4, 8, 16, 32};
    for (double sigma : new double[] {0, 0.05, 0.3, 0.6}) {
      for (double kappa : new double[] {0, 0.002, 0.02}) {
        Fits.Law planted = new Fits.Law(sigma, kappa, 0);
        double[] speedups = new double[n.length];
        for (int i = 0; i < n.length; i++) {
          speedups[i] = planted.speedup(n[i]);
        }
        Fits.Law found = Fits.usl(n, speedups);
        assertEquals(sigma, found.sigma(), 0.005);
        assertEquals(kappa, found.kappa(), 0.001);
        if (kappa == 0) {
          assertEquals(sigma, Fits.amdahl(n, speedups).sigma(), 0.005);
        }
      }
    }
    assertThrows(
        IllegalArgumentException.class, () -> Fits.usl(new double[] {1, 2}, new double[] {1, 2}));
  }

  @Test
  void the_kernels_counters_are_read_where_they_are(@TempDir Path proc) throws IOException {
    Proc none = new Proc(proc);
    assertEquals(Optional.empty(), none.switches(7, 8));
    assertEquals(Optional.empty(), none.schedule(7, 8));
    assertEquals(OptionalLong.empty(), none.pssBytes(7));
    assertEquals(OptionalLong.empty(), none.currentThread());
    assertEquals(Optional.empty(), new Machine(none, 2).complaint());
    assertEquals("2 processors, Java " + Runtime.version().feature(), new Machine(none, 2).words());

    write(
        proc,
        "7/task/8/status",
        "Name: x\nvoluntary_ctxt_switches:\t12\nnonvoluntary_ctxt_switches:\t3\n");
    write(proc, "7/task/8/schedstat", "100 20 5\n");
    write(proc, "7/smaps_rollup", "0-1 ---p\nPss:                 300 kB\n");
    write(proc, "7/status", "VmRSS:\t     400 kB\n");
    write(proc, "self/status", "Name: x\nCpus_allowed_list:\t0-1,4\n");
    assertEquals(Optional.of("0-1,4"), none.allowedProcessors());
    write(proc, "pressure/cpu", "some avg10=45.50 avg60=1.00 avg300=0.00 total=1\n");
    write(proc, "stat", "cpu  10 0 10 60 0 0 0 20 0 0\n");
    Machine before = new Machine(none, 2);
    assertEquals(new Proc.Switches(12, 3), none.switches(7, 8).orElseThrow());
    assertEquals(new Proc.Schedule(100, 20, 5), none.schedule(7, 8).orElseThrow());
    assertEquals(300 * 1_024, none.pssBytes(7).orElseThrow());
    assertEquals(400 * 1_024, none.rssBytes(7).orElseThrow());
    assertEquals(new Proc.Ticks(100, 20), none.ticks().orElseThrow());
    assertEquals(
        "somebody waited for a processor in 46 % of the time",
        new Machine(none, 2).complaint().orElseThrow());
    assertEquals(
        "there is only one processor",
        new Machine(none, 1).complaintAboutParallelism().orElseThrow());

    assertEquals(Optional.empty(), before.complaintAboutSteal(), "what was stolen before is past");
    write(proc, "stat", "cpu  10 0 10 130 0 0 0 50 0 0\n");
    assertEquals(
        "the hypervisor gave 30 % of the time to others",
        before.complaintAboutSteal().orElseThrow());
    String words = "2 processors, pressure 46 %, Java " + Runtime.version().feature();
    assertEquals(words + ", steal 30 %", before.words());
    assertEquals(words, new Machine(none, 2).words());
  }

  private static void write(Path root, String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
