package bench;

import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;

/** Medians and how sure they are. */
final class Statistics {
  private static final int RESAMPLES = 2_000;

  private Statistics() {}

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** The 95 % bootstrap interval of the median (BCa; Efron 1987). */
  static double[] interval(double[] values) {
    int n = values.length;
    if (n < 3) {
      return new double[] {Double.NaN, Double.NaN};
    }
    Random random = new Random(1);
    double[] resampled = new double[RESAMPLES];
    double[] sample = new double[n];
    for (int i = 0; i < RESAMPLES; i++) {
      for (int k = 0; k < n; k++) {
        sample[k] = values[random.nextInt(n)];
      }
      resampled[i] = median(sample);
    }
    Arrays.sort(resampled);
    double observed = median(values);
    double below = Arrays.stream(resampled).filter(v -> v < observed).count();
    double equal = Arrays.stream(resampled).filter(v -> v == observed).count();
    NormalDistribution normal = new NormalDistribution();
    double share = (below + equal / 2) / RESAMPLES;
    double bias = normal.inverseCumulativeProbability(Math.min(1 - 1e-6, Math.max(1e-6, share)));
    double acceleration = acceleration(values);
    double[] result = new double[2];
    double[] wanted = {0.025, 0.975};
    for (int i = 0; i < 2; i++) {
      double z = bias + normal.inverseCumulativeProbability(wanted[i]);
      double at = normal.cumulativeProbability(bias + z / (1 - acceleration * z));
      result[i] = resampled[(int) Math.min(RESAMPLES - 1, Math.max(0, at * RESAMPLES))];
    }
    return result;
  }

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
    double cubes = 0;
    double squares = 0;
    for (double w : without) {
      cubes += Math.pow(mean - w, 3);
      squares += Math.pow(mean - w, 2);
    }
    return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
  }
}
