package threadmill.measure;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Measures two things in one run, in turn (A B B A), and compares them pair by pair until it is
 * sure.
 *
 * <p>What disturbs the machine for longer than a round disturbs both. Only effects of at least
 * {@value #SMALLEST_GATE} are ruled on. Not thread-safe.
 */
public final class Duel {
  /** No smaller effect was told from noise without a mistake on busy machines. */
  public static final double SMALLEST_GATE = 5;

  private static final int FEWEST = 7;
  private static final double DRIFT = 1.2;

  private final Clock clock;
  private final Supplier<Optional<String>> complaint;
  private final int most;

  /**
   * @param complaint what keeps the machine from telling, asked before and after
   * @param most rounds at most
   */
  public Duel(Clock clock, Supplier<Optional<String>> complaint, int most) {
    if (most < FEWEST) {
      throw new IllegalArgumentException("a duel needs " + FEWEST + " rounds at least");
    }
    this.clock = clock;
    this.complaint = complaint;
    this.most = most;
  }

  /**
   * Whether {@code slow} takes at least {@code gate} times as long as {@code quick}. The baseline,
   * which is the grader's own, is run first and last: if its time has changed by more than a fifth,
   * nothing is claimed.
   */
  public Comparison compare(Runnable slow, Runnable quick, Runnable baseline, double gate) {
    if (gate < SMALLEST_GATE) {
      throw new IllegalArgumentException("no verdict on effects below x" + SMALLEST_GATE);
    }
    Optional<String> before = complaint.get();
    if (before.isPresent()) {
      return unclear(new double[0], before.get());
    }
    double calibrated = calibrate(baseline);
    double[] ratios = new double[0];
    Optional<Comparison> decided = Optional.empty();
    while (ratios.length < most && decided.isEmpty()) {
      ratios = Arrays.copyOf(ratios, ratios.length + 1);
      ratios[ratios.length - 1] = round(slow, quick);
      // Asked at lengths that are fixed beforehand: who looks always finds something in the end.
      boolean due = ratios.length >= FEWEST && Integer.bitCount(ratios.length + 1) == 1;
      decided = due || ratios.length == most ? decide(ratios, gate) : Optional.empty();
    }
    double again = calibrate(baseline);
    double drift = Math.max(again, calibrated) / Math.min(again, calibrated);
    Optional<String> after = complaint.get();
    if (after.isPresent() || !(drift <= DRIFT)) {
      return unclear(ratios, after.orElse("the baseline itself changed by x" + rounded(drift)));
    }
    double[] all = ratios;
    return decided.orElseGet(() -> unclear(all, "the rounds do not agree"));
  }

  private double round(Runnable slow, Runnable quick) {
    double first = time(slow);
    double second = time(quick);
    double third = time(quick);
    double fourth = time(slow);
    return (first + fourth) / Math.max(1, second + third);
  }

  private double calibrate(Runnable baseline) {
    double[] times = new double[FEWEST];
    for (int i = 0; i < FEWEST; i++) {
      times[i] = time(baseline);
    }
    return Math.max(1, Statistics.median(times));
  }

  private double time(Runnable action) {
    long begin = clock.nanos();
    action.run();
    return clock.nanos() - begin;
  }

  private Optional<Comparison> decide(double[] ratios, double gate) {
    Interval interval = Statistics.ofMedian(ratios);
    double ratio = Statistics.median(ratios);
    if (interval.isAbove(gate)) {
      return Optional.of(
          new Comparison(Ruling.HOLDS, ratio, interval, ratios.length, "above x" + rounded(gate)));
    }
    if (interval.isBelow(gate / 2)) {
      return Optional.of(
          new Comparison(
              Ruling.FAILS, ratio, interval, ratios.length, "not half of x" + rounded(gate)));
    }
    return Optional.empty();
  }

  private static Comparison unclear(double[] ratios, String reason) {
    double ratio = ratios.length == 0 ? Double.NaN : Statistics.median(ratios);
    Interval interval =
        ratios.length == 0
            ? new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
            : Statistics.ofMedian(ratios);
    return new Comparison(Ruling.INCONCLUSIVE, ratio, interval, ratios.length, reason);
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
