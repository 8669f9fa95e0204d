package labs.scaling;

/** Something that is to be done with more or fewer threads. */
public interface Workload {
  /** Does all of it with so many threads, and returns when it is done. */
  void run(int threads);
}
