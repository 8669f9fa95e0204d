package threadmill.measure;

/** Tells the time in nanoseconds. */
@FunctionalInterface
public interface Clock {
  long nanos();

  static Clock system() {
    return System::nanoTime;
  }
}
