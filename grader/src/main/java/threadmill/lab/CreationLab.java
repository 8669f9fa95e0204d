package threadmill.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import threadmill.measure.Clock;
import threadmill.measure.Proc;

/** What it costs to make threads and processes, and what memory they take. */
final class CreationLab implements Lab {
  private static final int SECONDS = 12;
  private static final int THREADS = 200;

  private final Proc proc = Proc.system();

  @Override
  public String id() {
    return "labs.creationcost";
  }

  @Override
  public Findings run() throws IOException, InterruptedException {
    try (Rounds rounds = rounds()) {
      rounds.run(SECONDS);
      List<List<String>> rows = new ArrayList<>();
      rounds.names().forEach(name -> rows.add(rounds.row(name, "thread")));
      List<String> notes = new ArrayList<>();
      notes.add(memory());
      notes.addAll(rounds.remarks("medians with 95 % intervals"));
      return new Findings(
          "Making it and waiting for its end",
          List.of("", "µs", "95 %", "× thread"),
          rows,
          notes,
          Plot.bars(
              "Making it and waiting for its end",
              "microseconds (logarithmic)",
              rounds.names(),
              rounds.names().stream().map(n -> rounds.median(n) / 1_000).toList()));
    }
  }

  @Override
  public Rounds rounds() {
    Rounds rounds = new Rounds(Clock.system());
    ExecutorService pool = rounds.hold(Executors.newSingleThreadExecutor());
    rounds.add("task of a pool", 100, () -> task(pool));
    Virtual.starter()
        .ifPresent(start -> rounds.add("virtual thread", 100, () -> join(start.apply(() -> {}))));
    rounds.add("thread", 10, () -> join(started()));
    Children.tool("true")
        .ifPresent(tool -> rounds.add("process (true)", 1, () -> Children.run(List.of(tool))));
    rounds.add("process (JVM)", 1, () -> Children.run(Children.jvm("--version")));
    return rounds;
  }

  private String memory() throws InterruptedException {
    long self = ProcessHandle.current().pid();
    OptionalLong before = proc.pssBytes(self);
    CountDownLatch alive = new CountDownLatch(THREADS);
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(new Thread(() -> live(alive, end)));
      threads.get(i).start();
    }
    alive.await();
    OptionalLong after = proc.pssBytes(self);
    end.countDown();
    threads.forEach(CreationLab::join);
    if (before.isEmpty() || after.isEmpty()) {
      return "Memory: this system does not tell what a thread adds (no /proc/self/smaps_rollup).";
    }
    return String.format(
        Locale.ROOT,
        "Memory: a thread adds %,d KiB, this whole JVM takes %,d KiB (PSS): as much as %,d threads.",
        (after.getAsLong() - before.getAsLong()) / THREADS / 1_024,
        before.getAsLong() / 1_024,
        before.getAsLong() / Math.max(1, (after.getAsLong() - before.getAsLong()) / THREADS));
  }

  private static void live(CountDownLatch alive, CountDownLatch end) {
    alive.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread started() {
    Thread thread = new Thread(() -> {});
    thread.start();
    return thread;
  }

  private static void task(ExecutorService pool) {
    try {
      pool.submit(() -> {}).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
