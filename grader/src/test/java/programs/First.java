package programs;

import java.util.ArrayDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import threadmill.explore.Scenario;
import threadmill.explore.Section;

public class First {
  static final class Counter {
    int value;

    void add() {
      value++;
    }
  }

  static final class Locked {
    private int value;

    synchronized void add() {
      value++;
    }

    synchronized int get() {
      return value;
    }
  }

  void lostUpdate(Scenario s) {
    Counter c = new Counter();
    s.thread("A", c::add);
    s.thread("B", c::add);
    s.atEnd("both additions count", () -> c.value == 2);
  }

  void locked(Scenario s) {
    Locked c = new Locked();
    for (String n : new String[] {"A", "B", "C"}) {
      s.thread(
          n,
          () -> {
            c.add();
            c.add();
          });
    }
    s.atEnd("all additions count", () -> c.get() == 6);
  }

  void deadlock(Scenario s) {
    Object a = new Object();
    Object b = new Object();
    s.thread(
        "A",
        () -> {
          synchronized (a) {
            synchronized (b) {
            }
          }
        });
    s.thread(
        "B",
        () -> {
          synchronized (b) {
            synchronized (a) {
            }
          }
        });
  }

  static final class Flag {
    volatile boolean held;

    void lock() {
      while (held) {
        Thread.onSpinWait();
      }
      held = true;
    }

    void unlock() {
      held = false;
    }
  }

  void flagMutex(Scenario s) {
    Flag f = new Flag();
    Section in = s.section("the critical section");
    for (String n : new String[] {"A", "B"}) {
      s.thread(
          n,
          () -> {
            f.lock();
            in.enter();
            in.leave();
            f.unlock();
          });
    }
  }

  void reentrant(Scenario s) {
    ReentrantLock lock = new ReentrantLock();
    Section in = s.section("the critical section");
    for (String n : new String[] {"A", "B"}) {
      s.thread(
          n,
          () -> {
            lock.lock();
            try {
              in.enter();
              in.leave();
            } finally {
              lock.unlock();
            }
          });
    }
  }

  void condition(Scenario s) {
    ReentrantLock lock = new ReentrantLock();
    Condition c = lock.newCondition();
    ArrayDeque<Integer> q = new ArrayDeque<>();
    s.thread(
        "A",
        () -> {
          lock.lock();
          try {
            while (q.isEmpty()) {
              c.await();
            }
            q.poll();
          } finally {
            lock.unlock();
          }
        });
    s.thread(
        "B",
        () -> {
          lock.lock();
          try {
            q.add(1);
            c.signal();
          } finally {
            lock.unlock();
          }
        });
  }

  void semaphore(Scenario s) {
    Semaphore sem = new Semaphore(1);
    Section in = s.section("the critical section");
    for (String n : new String[] {"A", "B"}) {
      s.thread(
          n,
          () -> {
            sem.acquire();
            in.enter();
            in.leave();
            sem.release();
          });
    }
  }

  void timed(Scenario s) {
    Semaphore sem = new Semaphore(0);
    s.exactTime();
    s.thread(
        "A",
        () -> {
          boolean got = sem.tryAcquire(100, TimeUnit.MILLISECONDS);
          s.require(!got && s.millis() == 100, "waits 100 ms, not " + s.millis());
        });
  }

  void atomic(Scenario s) {
    AtomicInteger n = new AtomicInteger();
    s.thread("A", n::incrementAndGet);
    s.thread("B", n::incrementAndGet);
    s.thread("C", n::incrementAndGet);
    s.atEnd("three", () -> n.get() == 3);
  }

  void pool(Scenario s) {
    s.thread(
        "A",
        () -> {
          ThreadPoolExecutor pool =
              new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
          AtomicInteger n = new AtomicInteger();
          pool.execute(n::incrementAndGet);
          pool.execute(n::incrementAndGet);
          pool.shutdown();
          s.require(pool.awaitTermination(1, TimeUnit.DAYS) && n.get() == 2, "both run");
        });
  }

  static final class IfWait {
    private int permits;

    synchronized void acquire() throws InterruptedException {
      if (permits == 0) {
        wait();
      }
      permits--;
    }

    synchronized void release() {
      permits++;
      notify();
    }

    synchronized int get() {
      return permits;
    }
  }

  void ifWait(Scenario s) {
    IfWait w = new IfWait();
    s.thread("A", w::acquire);
    s.thread("B", w::acquire);
    s.thread(
        "C",
        () -> {
          w.release();
          w.release();
        });
    s.atEnd("no permit is left", () -> w.get() == 0);
  }

  void unsafeFlag(Scenario s) {
    boolean[] stop = new boolean[1];
    s.thread(
        "A",
        () -> {
          while (!stop[0]) {}
        });
    s.thread("B", () -> stop[0] = true);
  }
}
