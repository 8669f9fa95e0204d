package labs.creationcost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/** Tells what memory threads and processes take: many of them alive at the same time. */
public final class MemoryBill {
  private MemoryBill() {}

  /** What a thread that lives and waits adds to the memory of this process. */
  public static long perThreadBytes(LongSupplier memory, int threads) throws InterruptedException {
    Phaser phases = new Phaser(1);
    long bytes = -memory.getAsLong();
    List<Thread> all = new ArrayList<>();
    while (all.size() < threads) {
      phases.register();
      Thread thread = new Thread(() -> live(phases));
      thread.start();
      all.add(thread);
    }
    phases.arriveAndAwaitAdvance();
    try {
      bytes += memory.getAsLong();
    } finally {
      phases.arriveAndDeregister();
      for (Thread thread : all) {
        thread.join();
      }
    }
    return Math.round((double) bytes / threads);
  }

  private static void live(Phaser phases) {
    phases.arriveAndAwaitAdvance();
    phases.arriveAndAwaitAdvance();
    phases.arriveAndDeregister();
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
        process.destroyForcibly().waitFor();
      }
    }
  }
}
