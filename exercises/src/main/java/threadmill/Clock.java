package threadmill;

/** Tells the time. */
public interface Clock {
  /** Nanoseconds since some moment in the past, which is always the same. */
  long nanos();

  /** The machine's own. */
  static Clock system() {
    return System::nanoTime;
  }
}
