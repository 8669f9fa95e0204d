package bench;

import java.lang.management.ManagementFactory;

/** The same work, before and after, so that one sees whether the machine stayed the same. */
final class Calibration {
  private static final int TIMES = 9;
  private static final int WORK = 20_000_000;
  private static volatile long sink;

  private Calibration() {}

  /** The median of a few runs. */
  static double seconds() {
    double[] all = new double[TIMES];
    for (int i = -2; i < TIMES; i++) {
      long start = System.nanoTime();
      long x = 1;
      for (int k = 0; k < WORK; k++) {
        x = x * 6364136223846793005L + 1442695040888963407L;
      }
      sink = x;
      if (i >= 0) {
        all[i] = (System.nanoTime() - start) / 1e9;
      }
    }
    return Statistics.median(all);
  }

  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
