package bench.peer;

import bench.peer.Verdict.Answer;
import bench.programs.Program;
import bench.programs.Programs;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs one program on real threads again and again: name, iterations, milliseconds. The threads of
 * an iteration start together; one that makes no progress for a long while is taken to hang.
 */
public final class Stressing {
  private static final long HANGS_MILLIS = 3_000;

  private final String name;
  private final long most;
  private final long end;
  private final AtomicReference<String> wrong = new AtomicReference<>();
  private final CyclicBarrier ready;
  private final CyclicBarrier done;
  private final int threads;
  private volatile Program program;
  private volatile long runs;
  private volatile boolean over;

  private Stressing(String name, long most, long millis) {
    this.name = name;
    this.most = most;
    this.end = System.nanoTime() + millis * 1_000_000;
    this.program = Programs.create(name);
    this.threads = program.threads();
    this.ready = new CyclicBarrier(threads);
    this.done = new CyclicBarrier(threads, this::judge);
  }

  public static void main(String[] args) throws InterruptedException {
    long start = System.nanoTime();
    Stressing stressing = new Stressing(args[0], Long.parseLong(args[1]), Long.parseLong(args[2]));
    boolean hangs = stressing.stress();
    String wrong = hangs ? "hangs" : stressing.wrong.get();
    Verdict.now(
            wrong == null ? Answer.NOTHING_FOUND : Answer.WRONG,
            stressing.runs,
            start,
            wrong == null ? "" : wrong)
        .print();
  }

  private boolean stress() throws InterruptedException {
    Thread[] all = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      int me = i;
      all[i] = new Thread(() -> work(me));
      all[i].setDaemon(true);
      all[i].start();
    }
    long seen = -1;
    long since = System.nanoTime();
    while (!over) {
      Thread.sleep(5);
      if (runs != seen) {
        seen = runs;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > HANGS_MILLIS * 1_000_000) {
        return true;
      }
    }
    return false;
  }

  private void work(int me) {
    try {
      while (!over) {
        ready.await();
        try {
          program.run(me);
        } catch (Throwable t) {
          wrong.compareAndSet(null, t.toString());
        }
        done.await();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void judge() {
    runs++;
    if (!program.right()) {
      wrong.compareAndSet(null, "the end is not right");
    }
    over = wrong.get() != null || runs >= most || System.nanoTime() > end;
    program = Programs.create(name);
  }
}
