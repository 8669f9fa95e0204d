package threadmill.jail;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The end of the grader, by Ctrl-C, another signal or exit. It is told before any process is ended,
 * so that what is heard or lost afterwards speaks against nobody: whoever would draw a conclusion
 * asks first. Thread-safe.
 */
public final class Ending {
  private static final int MOST_SECONDS = 10;
  private static final ReentrantReadWriteLock WRITING = new ReentrantReadWriteLock();
  private static final Queue<Runnable> PROCESSES = new ConcurrentLinkedQueue<>();
  private static final Queue<Runnable> TRACES = new ConcurrentLinkedQueue<>();
  private static volatile boolean begun;

  static {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(Ending::end, "ending"));
    } catch (IllegalStateException e) {
      // It has begun already.
      begun = true;
    }
  }

  private Ending() {}

  /** Something that must be whole or not at all. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException;
  }

  /** What ends processes, once the end has begun; each is done before the grader is gone. */
  static void endsProcesses(Runnable act) {
    PROCESSES.add(act);
  }

  /** What takes traces away when all processes are gone. */
  public static void clearsAway(Runnable act) {
    TRACES.add(act);
  }

  static boolean hasBegun() {
    return begun;
  }

  /** Returns, unless the grader is ending: then nothing that the caller could do now is right. */
  public static void stopHere() {
    while (begun) {
      LockSupport.park();
    }
  }

  /** Does what must be whole; the end of the grader waits for it, or it is not begun. */
  public static void whole(Work work) throws IOException {
    WRITING.readLock().lock();
    try {
      if (!begun) {
        work.run();
        return;
      }
    } finally {
      WRITING.readLock().unlock();
    }
    stopHere();
  }

  private static void end() {
    begun = true;
    PROCESSES.forEach(Runnable::run);
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    try {
      WRITING.writeLock().tryLock(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; the traces go in any case.
      Thread.currentThread().interrupt();
    }
    TRACES.forEach(Runnable::run);
  }
}
