package threadmill.measure;

/** Where a value lies, with a confidence of 95 %. */
public record Interval(double low, double high) {
  boolean isAbove(double bound) {
    return low > bound;
  }

  boolean isBelow(double bound) {
    return high < bound;
  }
}
