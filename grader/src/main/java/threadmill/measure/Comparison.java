package threadmill.measure;

import java.util.Locale;

/**
 * How much longer one thing takes than another.
 *
 * @param ratio the median of the ratios of all rounds
 * @param interval of that median
 * @param rounds how many were measured
 * @param reason why, in words
 */
public record Comparison(
    Ruling ruling, double ratio, Interval interval, int rounds, String reason) {
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: x%.2f (%.2f to %.2f in %d rounds), %s",
        ruling,
        ratio,
        interval.low(),
        interval.high(),
        rounds,
        reason);
  }
}
