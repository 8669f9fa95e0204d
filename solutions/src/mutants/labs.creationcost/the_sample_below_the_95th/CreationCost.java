// EELO | rejected by M1 | An index is a rank less one, and rounded down.
package labs.creationcost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
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
    long[] times = new long[samples];
    for (int i = 0; i < samples; i++) {
      long begin = clock.nanos();
      unit.run();
      times[i] = clock.nanos() - begin;
    }
    Arrays.sort(times);
    int p95 = (int) (0.95 * (samples - 1));
    return new Stats((times[(samples - 1) / 2] + times[samples / 2]) / 2.0, times[p95], samples);
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
      CountDownLatch done = new CountDownLatch(1);
      pool.execute(
          () -> {
            try {
              body.run();
            } finally {
              done.countDown();
            }
          });
      try {
        done.await();
      } catch (InterruptedException e) {
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
