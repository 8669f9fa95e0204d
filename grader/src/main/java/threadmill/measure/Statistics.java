package threadmill.measure;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Medians, quantiles, and how sure they are. */
public final class Statistics {
  private static final int RESAMPLES = 2_000;
  private static final double[] TAILS = {0.025, 0.975};

  private Statistics() {}

  public static double median(double[] values) {
    return quantile(values, 0.5);
  }

  /**
   * The value below which a share of the values lies, between neighbours in proportion (Hyndman &
   * Fan 1996, type 7).
   */
  public static double quantile(double[] values, double share) {
    if (values.length == 0) {
      throw new IllegalArgumentException("there are no values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /**
   * The bootstrap interval of the median (BCa; Efron 1987). The same values give the same interval.
   */
  public static Interval ofMedian(double[] values) {
    int n = values.length;
    double observed = median(values);
    if (n < 3) {
      return new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    Random random = new Random(n);
    double[] resampled = new double[RESAMPLES];
    double[] sample = new double[n];
    for (int i = 0; i < RESAMPLES; i++) {
      for (int k = 0; k < n; k++) {
        sample[k] = values[random.nextInt(n)];
      }
      resampled[i] = median(sample);
    }
    Arrays.sort(resampled);
    double below = Arrays.stream(resampled).filter(v -> v < observed).count();
    double equal = Arrays.stream(resampled).filter(v -> v == observed).count();
    NormalDistribution normal = new NormalDistribution();
    double share = (below + equal / 2) / RESAMPLES;
    double bias = normal.inverseCumulativeProbability(Math.min(1 - 1e-6, Math.max(1e-6, share)));
    double acceleration = acceleration(values);
    double[] ends = new double[2];
    for (int i = 0; i < 2; i++) {
      double z = bias + normal.inverseCumulativeProbability(TAILS[i]);
      double at = normal.cumulativeProbability(bias + z / (1 - acceleration * z));
      ends[i] = quantile(resampled, Math.min(1, Math.max(0, at)));
    }
    return new Interval(ends[0], ends[1]);
  }

  /** How the median depends on single values, by leaving out one after the other. */
  private static double acceleration(double[] values) {
    int n = values.length;
    double[] without = new double[n];
    for (int i = 0; i < n; i++) {
      double[] rest = new double[n - 1];
      System.arraycopy(values, 0, rest, 0, i);
      System.arraycopy(values, i + 1, rest, i, n - 1 - i);
      without[i] = median(rest);
    }
    double mean = Arrays.stream(without).average().orElse(0);
    double cubes = Arrays.stream(without).map(v -> Math.pow(mean - v, 3)).sum();
    double squares = Arrays.stream(without).map(v -> Math.pow(mean - v, 2)).sum();
    return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
  }
}
