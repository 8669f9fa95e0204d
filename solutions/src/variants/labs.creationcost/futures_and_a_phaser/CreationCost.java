package labs.creationcost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import threadmill.Clock;

/** Tells what it costs to make something: warm-up, samples, order statistics. */
public final class CreationCost {
  /** What came of a measurement, in nanoseconds. */
  public record Stats(double median, double p95, int n) {}

  private CreationCost() {}

  /** Runs the unit to warm up, and then measures it. */
  public static Stats measure(Clock clock, Runnable unit, int warmup, int samples) {
    for (int i = 0; i < warmup; i++) {
      unit.run();
    }
    List<Long> times = new ArrayList<>();
    while (times.size() < samples) {
      long begin = clock.nanos();
      unit.run();
      times.add(clock.nanos() - begin);
    }
    times.sort(null);
    return new Stats(quantile(times, 0.5), quantile(times, 0.95), samples);
  }

  /** Between neighbours in proportion. */
  private static double quantile(List<Long> sorted, double share) {
    double at = share * (sorted.size() - 1);
    long below = sorted.get((int) at);
    long above = sorted.get((int) Math.ceil(at));
    return below + (above - below) * (at - Math.floor(at));
  }

  /** A unit that runs the body on a new thread. */
  public static Runnable newThread(Runnable body) {
    return () -> {
      Thread thread = new Thread(body);
      thread.start();
      join(thread);
    };
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A unit that runs the body as a task of the pool. */
  public static Runnable poolTask(Executor pool, Runnable body) {
    return () -> {
      FutureTask<Void> task = new FutureTask<>(body, null);
      pool.execute(task);
      try {
        task.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** A unit that starts a process and waits for its end. */
  public static Runnable newProcess(List<String> command) {
    return () -> {
      try {
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** How many times as much the one costs as the other. */
  public static double ratio(Stats dear, Stats cheap) {
    return dear.median() / cheap.median();
  }
}
