package programs;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import threadmill.explore.Scenario;

/** Threads that die, and what is done then; the name ends with what is found. */
public class Handlers {
  private static Thread dying(Thread.UncaughtExceptionHandler handler) {
    Thread thread =
        new Thread(
            () -> {
              throw new IllegalStateException("died");
            });
    thread.setUncaughtExceptionHandler(handler);
    return thread;
  }

  void the_handler_finds_fault_SAFETY(Scenario s) {
    s.thread("A", () -> dying((thread, e) -> s.require(false, "no thread dies")).start());
  }

  void the_handler_counts_nothing(Scenario s) {
    AtomicInteger dead = new AtomicInteger();
    s.thread(
        "A",
        () -> {
          Thread thread = dying((t, e) -> dead.incrementAndGet());
          thread.start();
          thread.join();
        });
    s.atEnd("one has died", () -> dead.get() == 1);
  }

  void the_handler_waits_STUCK(Scenario s) {
    s.thread(
        "A",
        () -> {
          Thread thread = dying((t, e) -> waitForEver());
          thread.start();
          thread.join();
        });
  }

  private synchronized void waitForEver() {
    while (true) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Goes on.
      }
    }
  }

  void another_finds_fault_meanwhile_SAFETY(Scenario s) {
    AtomicInteger dead = new AtomicInteger();
    s.thread(
        "A",
        () -> {
          dying(
                  (t, e) -> {
                    dead.set(1);
                    dead.set(2);
                  })
              .start();
          s.require(dead.get() != 1, "nobody is half dead");
        });
  }

  /** The scenario's own thread waits when the run is over, and leaves by way of a monitor. */
  void the_scenario_leaves_a_run_through_a_monitor_STUCK(Scenario s) throws InterruptedException {
    s.noSpuriousWakeUps();
    Thread other = new Thread(LockSupport::park);
    other.start();
    try {
      other.join();
    } finally {
      synchronized (this) {
        notifyAll();
      }
    }
  }
}
