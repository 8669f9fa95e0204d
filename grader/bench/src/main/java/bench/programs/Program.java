package bench.programs;

/**
 * A small concurrent program, made anew for every run. Each tool starts {@link #threads} threads,
 * lets each of them {@link #run} its part, and when all have ended asks whether the end is {@link
 * #right}. A thread that throws, or one that never ends, is wrong, too.
 */
public interface Program {
  int threads();

  void run(int thread) throws Exception;

  boolean right();
}
