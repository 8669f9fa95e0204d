package labs.creationcost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/** Tells what memory threads and processes take: many of them alive at the same time. */
public final class MemoryBill {
  private MemoryBill() {}

  /** What a thread that lives and waits adds to the memory of this process. */
  public static long perThreadBytes(LongSupplier memory, int threads) throws InterruptedException {
    long before = memory.getAsLong();
    Semaphore alive = new Semaphore(0);
    Semaphore end = new Semaphore(0);
    Runnable life =
        () -> {
          alive.release();
          end.acquireUninterruptibly();
        };
    Thread[] all = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      all[i] = new Thread(life);
      all[i].start();
      alive.acquire();
    }
    try {
      return (memory.getAsLong() - before) / threads;
    } finally {
      end.release(threads);
      for (Thread each : all) {
        each.join();
      }
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
