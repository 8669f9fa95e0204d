package programs;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.IntSupplier;
import threadmill.explore.Scenario;
import threadmill.explore.Section;
import threadmill.explore.Tally;

/** Wrong programs; the name ends with the kind of mistake. */
public class Wrong {
  private int count;
  private boolean flag;
  private volatile boolean held;
  private Object[] lazy;

  void lost_update_SAFETY(Scenario s) {
    s.thread("A", () -> count++);
    s.thread("B", () -> count++);
    s.atEnd("both additions count", () -> count == 2);
  }

  void read_without_the_lock_RACE(Scenario s) {
    s.thread(
        "A",
        () -> {
          synchronized (this) {
            count = 1;
          }
        });
    s.thread("B", () -> s.require(count < 2, "nobody writes 2"));
  }

  void flag_that_need_not_become_visible_RACE(Scenario s) {
    s.thread(
        "A",
        () -> {
          while (!flag) {
            Thread.onSpinWait();
          }
        });
    s.thread("B", () -> flag = true);
  }

  void flag_as_a_mutex_SAFETY(Scenario s) {
    Section inside = s.section("the critical section");
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            while (held) {
              Thread.onSpinWait();
            }
            held = true;
            inside.enter();
            inside.leave();
            held = false;
          });
    }
  }

  void opposite_orders_DEADLOCK(Scenario s) {
    Object a = new Object();
    Object b = new Object();
    s.thread("A", () -> both(a, b));
    s.thread("B", () -> both(b, a));
  }

  private void both(Object one, Object other) {
    synchronized (one) {
      synchronized (other) {
        count++;
      }
    }
  }

  void lost_wake_up_with_park_STUCK(Scenario s) {
    s.noSpuriousWakeUps();
    AtomicBoolean ready = new AtomicBoolean();
    Thread[] waiting = new Thread[1];
    s.thread(
        "A",
        () -> {
          if (!ready.get()) {
            synchronized (waiting) {
              waiting[0] = Thread.currentThread();
            }
            LockSupport.park();
          }
        });
    s.thread(
        "B",
        () -> {
          ready.set(true);
          Thread first;
          synchronized (waiting) {
            first = waiting[0];
          }
          LockSupport.unpark(first);
        });
  }

  /** Cargill's Challenge Fourteen: one notify for takers and putters alike. */
  void one_notify_for_both_sides_STUCK(Scenario s) {
    Buffer buffer = new Buffer();
    for (int i = 0; i < 2; i++) {
      int item = i;
      s.thread("putter " + i, () -> buffer.put(item));
      s.thread("taker " + i, buffer::take);
    }
  }

  private static final class Buffer {
    private final ArrayDeque<Integer> items = new ArrayDeque<>();

    synchronized void put(int item) throws InterruptedException {
      while (items.size() == 1) {
        wait();
      }
      items.add(item);
      notify();
    }

    synchronized int take() throws InterruptedException {
      while (items.isEmpty()) {
        wait();
      }
      notify();
      return items.remove();
    }
  }

  void if_instead_of_while_CRASH(Scenario s) {
    ArrayDeque<Integer> items = new ArrayDeque<>();
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            synchronized (items) {
              if (items.isEmpty()) {
                items.wait();
              }
              items.remove();
            }
          });
    }
    s.thread(
        "C",
        () -> {
          for (int i = 0; i < 2; i++) {
            synchronized (items) {
              items.add(i);
              items.notify();
            }
          }
        });
  }

  void a_set_of_bits_for_two_threads_SAFETY(Scenario s) {
    BitSet taken = new BitSet();
    s.thread("A", () -> taken.set(1));
    s.thread("B", () -> taken.set(2));
    s.atEnd("both bits are set", () -> taken.cardinality() == 2);
  }

  void a_map_of_constants_for_two_threads_SAFETY(Scenario s) {
    EnumMap<TimeUnit, Integer> counts = new EnumMap<>(TimeUnit.class);
    s.thread("A", () -> counts.merge(TimeUnit.DAYS, 1, Integer::sum));
    s.thread("B", () -> counts.merge(TimeUnit.DAYS, 1, Integer::sum));
    s.atEnd("two were counted", () -> counts.get(TimeUnit.DAYS) == 2);
  }

  void a_set_of_constants_for_two_threads_SAFETY(Scenario s) {
    Set<TimeUnit> found = EnumSet.noneOf(TimeUnit.class);
    s.thread("A", () -> found.add(TimeUnit.DAYS));
    s.thread("B", () -> found.add(TimeUnit.HOURS));
    s.atEnd("both were found", () -> found.size() == 2);
  }

  void a_queue_touched_outside_the_lock_RACE(Scenario s) {
    ArrayDeque<Integer> items = new ArrayDeque<>();
    s.thread(
        "A",
        () -> {
          synchronized (items) {
            items.add(1);
          }
        });
    s.thread("B", items::isEmpty);
  }

  void double_checked_without_volatile_SAFETY(Scenario s) {
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            if (lazy == null) {
              synchronized (this) {
                if (lazy == null) {
                  lazy = new Object[1];
                }
              }
            }
            s.require(lazy != null, "it is there");
          });
    }
  }

  void everybody_polite_LIVELOCK(Scenario s) {
    AtomicBoolean a = new AtomicBoolean();
    AtomicBoolean b = new AtomicBoolean();
    s.thread("A", () -> polite(a, b));
    s.thread("B", () -> polite(b, a));
  }

  private static void polite(AtomicBoolean first, AtomicBoolean second) {
    while (true) {
      while (!first.compareAndSet(false, true)) {
        Thread.yield();
      }
      if (second.compareAndSet(false, true)) {
        second.set(false);
        first.set(false);
        return;
      }
      first.set(false);
    }
  }

  void resting_equally_long_LIVELOCK(Scenario s) {
    s.exactTime();
    ReentrantLock one = new ReentrantLock();
    ReentrantLock other = new ReentrantLock();
    s.thread("A", () -> bothOrRest(one, other, () -> 1));
    s.thread("B", () -> bothOrRest(other, one, () -> 1));
  }

  static void bothOrRest(ReentrantLock first, ReentrantLock second, IntSupplier millis)
      throws InterruptedException {
    for (boolean done = false; !done; ) {
      first.lock();
      done = second.tryLock();
      if (done) {
        second.unlock();
      }
      first.unlock();
      if (!done) {
        Thread.sleep(millis.getAsInt());
      }
    }
  }

  /** A write may be done before the read that stands in front of it. */
  void each_finds_the_other_gone_SAFETY(Scenario s) {
    Tally last = s.tally("threads that were the last to go");
    s.thread(
        "A",
        () -> {
          boolean alone = flag;
          count = 1;
          last.add(alone ? 1 : 0);
        });
    s.thread(
        "B",
        () -> {
          boolean alone = count == 1;
          flag = true;
          last.add(alone ? 1 : 0);
        });
    s.atEnd("only one of them was the last", () -> last.get() < 2);
  }

  /** Between the signal and the way back in, its time may run out. */
  void takes_a_signal_along_when_it_is_late_SAFETY(Scenario s) {
    Object monitor = new Object();
    AtomicInteger permits = new AtomicInteger();
    Tally waiting = s.tally("threads that wait for a permit");
    s.thread(
        "hasty",
        () -> {
          synchronized (monitor) {
            long end = System.nanoTime() + 100_000_000;
            while (permits.get() == 0) {
              monitor.wait(100);
              if (System.nanoTime() >= end) {
                return;
              }
            }
            permits.decrementAndGet();
          }
        });
    s.thread(
        "patient",
        () -> {
          synchronized (monitor) {
            waiting.add(1);
            while (permits.get() == 0) {
              monitor.wait();
            }
            waiting.add(-1);
            permits.decrementAndGet();
          }
        });
    s.thread(
        "other",
        () -> {
          synchronized (monitor) {
            permits.incrementAndGet();
            monitor.notify();
          }
        });
    s.mayWait("patient");
    s.atEnd("nobody waits for a free permit", () -> waiting.get() == 0 || permits.get() == 0);
  }

  void gives_up_after_three_attempts_SAFETY(Scenario s) {
    AtomicBoolean taken = new AtomicBoolean(true);
    s.thread(
        "holder",
        () -> {
          s.require(!held, "nobody gives up while the lock is held");
          taken.set(false);
        });
    s.thread(
        "other",
        () -> {
          for (int attempt = 0; attempt < 3; attempt++) {
            if (taken.compareAndSet(false, true)) {
              return;
            }
          }
          held = true;
        });
  }

  void yields_between_two_writes_SAFETY(Scenario s) {
    AtomicInteger written = new AtomicInteger();
    s.thread(
        "writer",
        () -> {
          written.set(1);
          Thread.yield();
          Thread.yield();
          Thread.yield();
          written.set(2);
        });
    s.thread("reader", () -> s.require(written.get() < 2, "the second write comes later"));
  }

  void two_that_cannot_overlap_OVERSYNC(Scenario s) {
    var together = s.rendezvous("two threads with locks of their own work at once", 2);
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            synchronized (Wrong.class) {
              together.meet();
            }
          });
    }
  }

  void two_that_share_a_lock_without_need_OVERSYNC(Scenario s) {
    for (String name : List.of("A", "B")) {
      s.thread(name, Wrong::together);
    }
    s.mustNotWait("two threads that have nothing in common go on at once", "A", "B");
  }

  private static synchronized void together() {}

  void overtaken_STARVATION(Scenario s) {
    AtomicBoolean taken = new AtomicBoolean(true);
    var gate = s.turnstile("the lock", 0);
    s.thread("early", () -> queueUp(taken, gate));
    s.thread(
        "late",
        () -> {
          s.untilWaiting("early");
          queueUp(taken, gate);
        });
    s.thread(
        "holder",
        () -> {
          s.untilWaiting("early");
          s.untilWaiting("late");
          taken.set(false);
        });
  }

  private static void queueUp(AtomicBoolean taken, threadmill.explore.Turnstile gate) {
    gate.wants();
    while (!taken.compareAndSet(false, true)) {
      Thread.onSpinWait();
    }
    gate.enters();
    taken.set(false);
  }

  void waits_in_a_loop_BUSY(Scenario s) {
    s.thread(
        "A",
        () -> {
          while (!held) {
            Thread.onSpinWait();
          }
        });
    s.thread(
        "B",
        () -> {
          s.untilAsleep("A");
          held = true;
        });
  }

  void a_worker_left_behind_LEAK(Scenario s) {
    s.allThreadsEnd();
    s.thread("A", () -> new Thread(LockSupport::park).start());
    s.noSpuriousWakeUps();
  }

  void elements_moved_while_another_writes_SAFETY(Scenario s) {
    int[] queue = {1, 2, 0};
    s.thread("A", () -> System.arraycopy(queue, 1, queue, 0, 2));
    s.thread("B", () -> queue[2] = 3);
    s.atEnd("nothing is there twice", () -> queue[0] == 2 && queue[1] != queue[2]);
  }

  void elements_copied_while_another_writes_RACE(Scenario s) {
    int[] queue = {1, 2};
    s.thread("A", () -> Arrays.copyOf(queue, 4));
    s.thread("B", () -> queue[1] = 3);
  }

  void array_cloned_while_another_writes_RACE(Scenario s) {
    int[] queue = {1, 2};
    s.thread("A", () -> queue.clone());
    s.thread("B", () -> queue[1] = 3);
  }

  void something_that_cannot_be_controlled_INCONCLUSIVE(Scenario s) {
    s.thread("A", () -> new java.net.Socket());
  }

  /** Were its end missed, everything would be taken for a part of the initializer. */
  interface Fails {
    Object VALUE = Objects.requireNonNull(null);
  }

  void update_lost_after_an_initializer_that_throws_SAFETY(Scenario s) {
    try {
      count = Fails.VALUE.hashCode();
    } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
      lost_update_SAFETY(s);
    }
  }

  private volatile int one;
  private volatile int other;

  void a_look_between_the_two_writes_of_five_SAFETY(Scenario s) {
    for (int i = 0; i < 5; i++) {
      s.thread(
          "W" + i,
          () -> {
            one = 1;
            other = 1;
          });
    }
    s.thread("A", () -> s.require(one == other, "both are written or none"));
  }

  /** One may wait for ever here, and another must not. */
  static class TwoDoors {
    private boolean never;

    synchronized void mayWait() throws InterruptedException {
      while (!never) {
        wait();
      }
    }

    synchronized void mustNot() throws InterruptedException {
      while (!never) {
        wait();
      }
    }
  }

  void the_line_is_that_of_the_one_that_must_not_wait_STUCK(Scenario s) {
    TwoDoors doors = new TwoDoors();
    s.thread("guest", doors::mayWait);
    s.thread("host", doors::mustNot);
    s.mayWait("guest");
  }

  void wakes_up_by_itself_and_looks_for_nothing_LIVELOCK(Scenario s) {
    AtomicBoolean never = new AtomicBoolean();
    s.thread(
        "A",
        () -> {
          while (!never.get()) {
            Thread.sleep(10);
          }
        });
  }

  void each_until_the_other_waits_STUCK(Scenario s) {
    s.thread("A", () -> s.untilWaiting("B"));
    s.thread("B", () -> s.untilWaiting("A"));
  }

  private static final class Stamped {
    private final StampedLock lock = new StampedLock();
    private int x;
    private int y;

    void move() {
      long stamp = lock.writeLock();
      x++;
      y++;
      lock.unlockWrite(stamp);
    }
  }

  void an_optimistic_read_that_is_not_validated_RACE(Scenario s) {
    Stamped point = new Stamped();
    s.thread("A", point::move);
    s.thread(
        "B",
        () -> {
          if (point.lock.tryOptimisticRead() != 0) {
            s.require(point.x >= 0, "it was never moved back");
          }
        });
  }

  void an_optimistic_read_of_what_is_written_without_the_lock_RACE(Scenario s) {
    Stamped point = new Stamped();
    s.thread("A", () -> point.x++);
    s.thread(
        "B",
        () -> {
          long stamp = point.lock.tryOptimisticRead();
          int seen = point.x;
          if (point.lock.validate(stamp)) {
            s.require(seen >= 0, "it was never moved back");
          }
        });
  }

  void an_optimistic_read_validated_too_early_RACE(Scenario s) {
    Stamped point = new Stamped();
    s.thread("A", point::move);
    s.thread(
        "B",
        () -> {
          long stamp = point.lock.tryOptimisticRead();
          int seen = point.x;
          if (point.lock.validate(stamp)) {
            s.require(seen + point.y >= 0, "it was never moved back");
          }
        });
  }

  void an_optimistic_read_whose_validation_is_ignored_SAFETY(Scenario s) {
    Stamped point = new Stamped();
    s.thread("A", point::move);
    s.thread(
        "B",
        () -> {
          long stamp = point.lock.tryOptimisticRead();
          int difference = point.x - point.y;
          point.lock.validate(stamp);
          s.require(stamp == 0 || difference == 0, "read as it was written");
        });
  }
}
