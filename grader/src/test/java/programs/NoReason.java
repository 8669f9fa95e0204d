package programs;

import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import threadmill.explore.Body;
import threadmill.explore.Scenario;

/**
 * Waits that end for no reason, and weak compare-and-sets that fail for none. The name ends with
 * what is found.
 */
public class NoReason {
  static void two(Scenario s, Body b) {
    for (String n : new String[] {"A", "B"}) s.thread(n, b);
  }

  final ReentrantLock lock = new ReentrantLock();
  final Condition open = lock.newCondition();
  boolean isOpen;

  interface Wait {
    void go() throws InterruptedException;
  }

  void gate(Scenario s, boolean loop, Wait w) {
    s.thread(
        "A",
        () -> {
          lock.lock();
          try {
            if (loop) while (!isOpen) w.go();
            else if (!isOpen) w.go();
            s.require(isOpen, "open");
          } finally {
            lock.unlock();
          }
        });
    s.thread(
        "B",
        () -> {
          lock.lock();
          try {
            isOpen = true;
            open.signalAll();
          } finally {
            lock.unlock();
          }
        });
  }

  void await_SAFETY(Scenario s) {
    gate(s, false, open::await);
  }

  void await_loop_nothing(Scenario s) {
    gate(s, true, open::await);
  }

  void un_SAFETY(Scenario s) {
    gate(s, false, open::awaitUninterruptibly);
  }

  void un_loop_nothing(Scenario s) {
    gate(s, true, () -> open.awaitUninterruptibly());
  }

  void nanos_loop_nothing(Scenario s) {
    s.exactTime();
    gate(
        s,
        true,
        () -> {
          long left = 1000;
          while (!isOpen && left > 0) left = open.awaitNanos(left);
          s.require(isOpen || left <= 0, "time");
          isOpen = true;
        });
  }

  void nanos_SAFETY(Scenario s) {
    s.exactTime();
    gate(s, false, () -> open.awaitNanos(1000));
  }

  void timed_SAFETY(Scenario s) {
    s.exactTime();
    gate(s, false, () -> open.await(1, TimeUnit.SECONDS));
  }

  void until_SAFETY(Scenario s) {
    s.exactTime();
    gate(s, false, () -> open.awaitUntil(new Date(System.currentTimeMillis() + 50)));
  }

  void timed_true_nothing(Scenario s) {
    s.exactTime();
    s.thread(
        "A",
        () -> {
          lock.lock();
          try {
            long t = System.nanoTime();
            boolean in = open.await(1, TimeUnit.MILLISECONDS);
            s.require(in == System.nanoTime() - t < 1_000_000, "in time");
          } finally {
            lock.unlock();
          }
        });
  }

  void calm_nothing(Scenario s) {
    s.noSpuriousWakeUps();
    gate(s, false, open::await);
  }

  void interrupted_un_nothing(Scenario s) {
    s.thread(
        "A",
        () -> {
          lock.lock();
          try {
            while (!isOpen) open.awaitUninterruptibly();
          } finally {
            lock.unlock();
          }
        });
    s.thread("B", () -> s.interrupt("A"));
    s.thread(
        "C",
        () -> {
          lock.lock();
          try {
            isOpen = true;
            open.signal();
          } finally {
            lock.unlock();
          }
        });
  }

  void weak_array_SAFETY(Scenario s) {
    AtomicIntegerArray a = new AtomicIntegerArray(2);
    s.thread("A", () -> s.require(a.weakCompareAndSetPlain(1, 0, 1), "x"));
  }

  static class Sub extends AtomicInteger {
    private static final long serialVersionUID = 1L;
  }

  void weak_sub_SAFETY(Scenario s) {
    Sub a = new Sub();
    s.thread("A", () -> s.require(a.weakCompareAndSetVolatile(0, 1), "x"));
  }

  volatile int field;
  static final AtomicIntegerFieldUpdater<NoReason> F =
      AtomicIntegerFieldUpdater.newUpdater(NoReason.class, "field");

  void weak_updater_SAFETY(Scenario s) {
    s.thread("A", () -> s.require(F.weakCompareAndSet(this, 0, 1), "x"));
  }

  void weak_ref_SAFETY(Scenario s) {
    AtomicReference<String> a = new AtomicReference<>();
    BiPredicate<String, String> f = a::weakCompareAndSetAcquire;
    s.thread("A", () -> s.require(f.test(null, "x"), "x"));
  }

  void weak_loop_nothing(Scenario s) {
    for (String n : new String[] {"A", "B"}) {
      AtomicInteger mine = new AtomicInteger();
      s.thread(
          n,
          () -> {
            while (!mine.weakCompareAndSetVolatile(0, 1)) {}
          });
      s.mustNotWait("both go on", n);
    }
  }

  void weak_loop_count_nothing(Scenario s) {
    AtomicInteger a = new AtomicInteger();
    two(
        s,
        () -> {
          int x;
          do x = a.get();
          while (!a.weakCompareAndSetVolatile(x, x + 1));
        });
    s.atEnd("2", () -> a.get() == 2);
  }
}
