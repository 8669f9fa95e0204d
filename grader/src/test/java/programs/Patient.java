package programs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import threadmill.explore.Scenario;

/** Right programs that take long, or in which time matters. */
public class Patient {
  void sums_up_what_nobody_changes(Scenario s) {
    AtomicInteger one = new AtomicInteger(1);
    CountDownLatch done = new CountDownLatch(1);
    s.thread(
        "A",
        () -> {
          int sum = 0;
          for (int i = 0; i < 3_500; i++) {
            sum += one.get();
          }
          s.require(sum == 3_500, "the sum is right");
          done.countDown();
        });
    s.thread("B", done::await);
  }

  void fills_a_long_queue(Scenario s) {
    LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
    s.thread(
        "A",
        () -> {
          for (int i = 0; i < 1_000; i++) {
            queue.put(i);
          }
        });
    s.atEnd("all are inside", () -> queue.size() == 1_000);
  }

  void counts_to_twenty_thousand(Scenario s) {
    AtomicInteger count = new AtomicInteger();
    s.thread(
        "A",
        () -> {
          for (int i = 0; i < 20_500; i++) {
            count.incrementAndGet();
          }
        });
    s.thread("B", count::get);
  }

  void four_add_up(Scenario s) {
    LongAdder sum = new LongAdder();
    for (int t = 0; t < 4; t++) {
      s.thread(
          "T" + t,
          () -> {
            for (int i = 0; i < 500; i++) {
              sum.add(i);
            }
          });
    }
  }

  void spins_and_yields_while_exact_time_stands_still(Scenario s) {
    s.exactTime();
    CountDownLatch open = new CountDownLatch(1);
    s.thread(
        "A", () -> s.require(open.await(60, TimeUnit.SECONDS), "it is opened within a minute"));
    s.thread(
        "B",
        () -> {
          for (int i = 0; i < 500; i++) {
            Thread.onSpinWait();
          }
          for (int i = 0; i < 100; i++) {
            Thread.yield();
          }
          open.countDown();
        });
  }

  void spins_for_a_tenth_of_a_second_by_the_clock(Scenario s) {
    s.exactTime();
    s.thread(
        "A",
        () -> {
          long end = System.nanoTime() + 100_000_000L;
          while (System.nanoTime() < end) {
            Thread.onSpinWait();
          }
          s.require(s.millis() >= 100 && s.millis() <= 102, "100 ms have passed");
        });
    s.thread("B", () -> Thread.sleep(500));
  }

  void limits_that_cannot_be_added_up(Scenario s) {
    Object lock = new Object();
    Thread[] waiting = new Thread[1];
    s.thread(
        "A",
        () -> {
          try {
            Thread.currentThread().join(-1);
            s.require(false, "a negative limit is refused");
          } catch (IllegalArgumentException e) {
            // As it should be.
          }
          synchronized (lock) {
            waiting[0] = Thread.currentThread();
            lock.wait(Long.MAX_VALUE, 999_999);
          }
          Thread.currentThread().interrupt();
          LockSupport.parkUntil(Long.MAX_VALUE);
        });
    s.thread(
        "B",
        () -> {
          s.untilWaiting("A");
          synchronized (lock) {
            lock.notifyAll();
          }
        });
  }

  void interrupted_before_it_is_started(Scenario s) {
    boolean[] told = new boolean[1];
    s.thread(
        "A",
        () -> {
          Thread thread = new Thread(() -> told[0] = Thread.currentThread().isInterrupted());
          thread.interrupt();
          s.require(thread.isInterrupted(), "that is known at once");
          thread.start();
          thread.join();
          s.require(told[0], "and when it runs");
        });
  }

  void waits_on_a_thread_until_it_has_ended(Scenario s) {
    s.thread(
        "A",
        () -> {
          Thread thread = new Thread(() -> {});
          synchronized (thread) {
            thread.start();
            while (thread.isAlive()) {
              thread.wait();
            }
          }
        });
  }

  private boolean open;

  private synchronized void passSlowly() throws InterruptedException {
    while (!open) {
      wait(10_000);
    }
  }

  private synchronized void openIt() {
    open = true;
    notifyAll();
  }

  void looks_every_ten_seconds_whether_it_was_woken(Scenario s) {
    s.noSpuriousWakeUps();
    s.thread("A", this::passSlowly);
    s.thread(
        "B",
        () -> {
          s.untilAsleep("A");
          openIt();
        });
  }
}
