package labs.scaling;

import static threadmill.Todo.todo;

import threadmill.Clock;

/** Tells how well a program uses more threads. */
public final class Scaling {
  private Scaling() {}

  /** How many times as fast the workload is with each number of threads as with one. */
  public static double[] speedups(Workload workload, int[] threads, int repeats, Clock clock) {
    // TODO
    throw todo();
  }

  /** The part of the work that must be done one after the other, by Amdahl's law. */
  public static double serialFraction(int[] threads, double[] speedups) {
    // TODO
    throw todo();
  }

  /** The number of threads from which on more of them gain less than asked for. */
  public static int knee(int[] threads, double[] speedups, double minGain) {
    // TODO
    throw todo();
  }
}
