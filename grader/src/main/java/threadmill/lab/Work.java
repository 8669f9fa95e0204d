package threadmill.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/** Something for processors to do. */
final class Work {
  /** Where results go, so that nothing is optimised away. */
  private static final AtomicLong SINK = new AtomicLong();

  private Work() {}

  /** Computes for a while: about a nanosecond for each step. */
  static void compute(int steps) {
    long x = steps;
    for (int i = 0; i < steps; i++) {
      x = x * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
    }
    SINK.lazySet(x);
  }

  /** Runs something on so many threads, which are told their numbers, and waits for all. */
  static void onThreads(int threads, IntConsumer body) {
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      Thread thread = new Thread(() -> body.accept(number));
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
