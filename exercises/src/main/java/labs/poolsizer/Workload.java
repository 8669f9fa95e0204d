package labs.poolsizer;

/** Something that is to be done with more or fewer threads. */
public interface Workload {
  /** How many tasks there are. */
  int tasks();

  /** Does all tasks with so many threads, and returns when all are done. */
  void run(int threads);
}
