package labs.creationcost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/** Tells what memory threads and processes take: many of them alive at the same time. */
public final class MemoryBill {
  private MemoryBill() {}

  /** What a thread that lives and waits adds to the memory of this process. */
  public static long perThreadBytes(LongSupplier memory, int threads) throws InterruptedException {
    CountDownLatch alive = new CountDownLatch(threads);
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> all = new ArrayList<>();
    long before = memory.getAsLong();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                alive.countDown();
                await(end);
              });
      all.add(thread);
      thread.start();
    }
    try {
      alive.await();
      return (memory.getAsLong() - before) / threads;
    } finally {
      end.countDown();
      for (Thread thread : all) {
        thread.join();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a process takes. */
  public static long perProcessBytes(
      LongUnaryOperator memoryOf, List<String> command, int processes)
      throws IOException, InterruptedException {
    List<Process> all = new ArrayList<>();
    try {
      long sum = 0;
      for (int i = 0; i < processes; i++) {
        all.add(
            new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
      }
      for (Process process : all) {
        sum += memoryOf.applyAsLong(process.pid());
      }
      return sum / processes;
    } finally {
      for (Process process : all) {
        process.getOutputStream().close();
        process.waitFor();
      }
    }
  }
}
