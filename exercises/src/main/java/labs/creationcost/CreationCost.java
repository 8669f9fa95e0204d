package labs.creationcost;

import static threadmill.Todo.todo;

import java.util.List;
import java.util.concurrent.Executor;
import threadmill.Clock;

/** Tells what it costs to make something: a thread, a task of a pool, a process. */
public final class CreationCost {
  /**
   * What came of a measurement, in nanoseconds.
   *
   * @param n how many samples were taken
   */
  public record Stats(double median, double p95, int n) {}

  private CreationCost() {}

  /** Runs the unit {@code warmup} times, and then measures it {@code samples} times. */
  public static Stats measure(Clock clock, Runnable unit, int warmup, int samples) {
    // TODO
    throw todo();
  }

  /** A unit that runs the body on a new thread and waits for the end of the thread. */
  public static Runnable newThread(Runnable body) {
    // TODO
    throw todo();
  }

  /** A unit that runs the body as a task of the pool and waits for the end of the task. */
  public static Runnable poolTask(Executor pool, Runnable body) {
    // TODO
    throw todo();
  }

  /** A unit that starts a process and waits for its end. */
  public static Runnable newProcess(List<String> command) {
    // TODO
    throw todo();
  }

  /** How many times as much the one costs as the other, by their medians. */
  public static double ratio(Stats dear, Stats cheap) {
    // TODO
    throw todo();
  }
}
