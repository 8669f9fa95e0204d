package threadmill.measure;

import java.util.Arrays;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer.Optimum;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.util.Pair;

/** Laws of scaling, fitted to measured speed-ups by least squares (Levenberg and Marquardt). */
public final class Fits {
  private static final int MOST_STEPS = 1_000;

  private Fits() {}

  /**
   * The Universal Scalability Law (Gunther 1993): speed-up(n) = n / (1 + sigma (n - 1) + kappa n (n
   * - 1)). Without kappa it is Amdahl's law, and sigma the serial fraction.
   *
   * @param sigma contention: what must be done one after the other
   * @param kappa coherence: what each must agree on with each other
   * @param residual the root of the mean squared error, in units of speed-up
   */
  public record Law(double sigma, double kappa, double residual) {
    public double speedup(double n) {
      return n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
    }
  }

  public static Law amdahl(double[] n, double[] speedup) {
    return fit(n, speedup, new double[] {0.1});
  }

  public static Law usl(double[] n, double[] speedup) {
    return fit(n, speedup, new double[] {0.1, 0.01});
  }

  private static Law fit(double[] n, double[] speedup, double[] guess) {
    if (n.length != speedup.length || n.length <= guess.length) {
      throw new IllegalArgumentException("too few points for a fit: " + n.length);
    }
    Optimum optimum =
        new LevenbergMarquardtOptimizer()
            .optimize(
                new LeastSquaresBuilder()
                    .start(guess)
                    .target(speedup)
                    .model(p -> model(law(p.toArray(), 0), n, guess.length))
                    .maxEvaluations(MOST_STEPS)
                    .maxIterations(MOST_STEPS)
                    .build());
    return law(optimum.getPoint().toArray(), optimum.getRMS());
  }

  private static Law law(double[] parameters, double residual) {
    return new Law(parameters[0], parameters.length > 1 ? parameters[1] : 0, residual);
  }

  /** The law at all points, and how it changes with its parameters. */
  private static Pair<RealVector, RealMatrix> model(Law law, double[] n, int parameters) {
    double[][] slopes = new double[n.length][parameters];
    for (int i = 0; i < n.length; i++) {
      double s = law.speedup(n[i]);
      double bySigma = -s * s * (n[i] - 1) / n[i];
      slopes[i][0] = bySigma;
      if (parameters > 1) {
        slopes[i][1] = bySigma * n[i];
      }
    }
    return new Pair<>(
        new ArrayRealVector(Arrays.stream(n).map(law::speedup).toArray()),
        new Array2DRowRealMatrix(slopes));
  }
}
