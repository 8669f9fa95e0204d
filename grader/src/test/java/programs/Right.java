package programs;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import threadmill.explore.Scenario;
import threadmill.explore.Section;

/** Right programs: locks of every make, and the JDK's own classes. None may be complained of. */
public class Right {
  /** A lock, however it is made. */
  interface Lock {
    void lock();

    void unlock();
  }

  private static void exclude(Scenario s, Lock lock) {
    Section inside = s.section("the critical section");
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            lock.lock();
            inside.enter();
            inside.leave();
            lock.unlock();
          });
    }
  }

  void monitor(Scenario s) {
    int[] count = {0};
    Object lock = new Object();
    for (String name : List.of("A", "B", "C")) {
      s.thread(
          name,
          () -> {
            synchronized (lock) {
              count[0]++;
            }
          });
    }
    s.atEnd("all are counted", () -> count[0] == 3);
  }

  void threads_with_locks_of_their_own(Scenario s) {
    for (String name : List.of("A", "B")) {
      Object monitor = new Object();
      var lock = new java.util.concurrent.locks.ReentrantLock();
      s.thread(
          name,
          () -> {
            synchronized (monitor) {
              lock.lock();
              lock.unlock();
            }
          });
    }
    s.mustNotWait("two threads that have nothing in common go on at once", "A", "B");
  }

  void threads_that_yield_and_try_again_and_wait_for_nobody(Scenario s) {
    AtomicInteger place = new AtomicInteger(1);
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            Thread.yield();
            for (int attempt = 0; attempt < 3 && !place.compareAndSet(0, 2); attempt++) {
              Thread.onSpinWait();
            }
          });
    }
    s.mustNotWait("two threads that only look go on at once", "A", "B");
  }

  void compare_and_set_spin_lock(Scenario s) {
    AtomicBoolean held = new AtomicBoolean();
    exclude(
        s,
        new Lock() {
          @Override
          public void lock() {
            while (!held.compareAndSet(false, true)) {
              Thread.onSpinWait();
            }
          }

          @Override
          public void unlock() {
            held.set(false);
          }
        });
  }

  void test_and_test_and_set_lock(Scenario s) {
    AtomicBoolean held = new AtomicBoolean();
    exclude(
        s,
        new Lock() {
          @Override
          public void lock() {
            do {
              while (held.get()) {
                Thread.yield();
              }
            } while (held.getAndSet(true));
          }

          @Override
          public void unlock() {
            held.set(false);
          }
        });
  }

  void ticket_lock(Scenario s) {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger now = new AtomicInteger();
    exclude(
        s,
        new Lock() {
          @Override
          public void lock() {
            int mine = next.getAndIncrement();
            while (now.get() != mine) {
              Thread.onSpinWait();
            }
          }

          @Override
          public void unlock() {
            now.set(now.get() + 1);
          }
        });
  }

  private static final class Node {
    private volatile boolean locked;
    private volatile Node next;
  }

  void queue_lock_of_craig_landin_and_hagersten(Scenario s) {
    AtomicReference<Node> tail = new AtomicReference<>(new Node());
    ThreadLocal<Node> mine = ThreadLocal.withInitial(Node::new);
    exclude(
        s,
        new Lock() {
          @Override
          public void lock() {
            mine.get().locked = true;
            Node before = tail.getAndSet(mine.get());
            while (before.locked) {
              Thread.onSpinWait();
            }
          }

          @Override
          public void unlock() {
            mine.get().locked = false;
          }
        });
  }

  void queue_lock_of_mellor_crummey_and_scott(Scenario s) {
    AtomicReference<Node> tail = new AtomicReference<>();
    ThreadLocal<Node> mine = ThreadLocal.withInitial(Node::new);
    exclude(
        s,
        new Lock() {
          @Override
          public void lock() {
            Node node = mine.get();
            Node before = tail.getAndSet(node);
            if (before != null) {
              node.locked = true;
              before.next = node;
              while (node.locked) {
                Thread.onSpinWait();
              }
            }
          }

          @Override
          public void unlock() {
            Node node = mine.get();
            if (node.next == null) {
              if (tail.compareAndSet(node, null)) {
                return;
              }
              while (node.next == null) {
                Thread.onSpinWait();
              }
            }
            node.next.locked = false;
          }
        });
  }

  void first_in_first_out_mutex_that_parks(Scenario s) {
    AtomicBoolean held = new AtomicBoolean();
    ConcurrentLinkedQueue<Thread> waiting = new ConcurrentLinkedQueue<>();
    exclude(
        s,
        new Lock() {
          @Override
          public void lock() {
            Thread me = Thread.currentThread();
            waiting.add(me);
            while (waiting.peek() != me || !held.compareAndSet(false, true)) {
              LockSupport.park(this);
            }
            waiting.remove();
          }

          @Override
          public void unlock() {
            held.set(false);
            LockSupport.unpark(waiting.peek());
          }
        });
  }

  void peterson_with_volatile_fields(Scenario s) {
    Peterson lock = new Peterson();
    Section inside = s.section("the critical section");
    for (int i = 0; i < 2; i++) {
      int me = i;
      s.thread(
          "T" + i,
          () -> {
            lock.lock(me);
            inside.enter();
            inside.leave();
            lock.unlock(me);
          });
    }
  }

  private static final class Peterson {
    private volatile boolean wants0;
    private volatile boolean wants1;
    private volatile int turn;

    void lock(int me) {
      if (me == 0) {
        wants0 = true;
        turn = 1;
        while (wants1 && turn == 1) {
          Thread.onSpinWait();
        }
      } else {
        wants1 = true;
        turn = 0;
        while (wants0 && turn == 0) {
          Thread.onSpinWait();
        }
      }
    }

    void unlock(int me) {
      if (me == 0) {
        wants0 = false;
      } else {
        wants1 = false;
      }
    }
  }

  private static final class Latch extends AbstractQueuedSynchronizer {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean tryAcquire(int ignored) {
      return compareAndSetState(0, 1);
    }

    @Override
    protected boolean tryRelease(int ignored) {
      setState(0);
      return true;
    }
  }

  void synchronizer_of_ones_own(Scenario s) {
    Latch latch = new Latch();
    exclude(
        s,
        new Lock() {
          @Override
          public void lock() {
            latch.acquire(1);
          }

          @Override
          public void unlock() {
            latch.release(1);
          }
        });
  }

  void reentrant_lock(Scenario s) {
    ReentrantLock lock = new ReentrantLock(true);
    Section inside = s.section("the critical section");
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            lock.lock();
            try {
              inside.enter();
              inside.leave();
            } finally {
              lock.unlock();
            }
          });
    }
  }

  void condition(Scenario s) {
    ReentrantLock lock = new ReentrantLock();
    Condition filled = lock.newCondition();
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    s.thread(
        "A",
        () -> {
          lock.lock();
          try {
            while (queue.isEmpty()) {
              filled.await();
            }
            queue.poll();
          } finally {
            lock.unlock();
          }
        });
    s.thread(
        "B",
        () -> {
          lock.lock();
          try {
            queue.add(1);
            filled.signal();
          } finally {
            lock.unlock();
          }
        });
  }

  void read_write_lock(Scenario s) {
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    Section inside = s.section("the critical section");
    s.thread(
        "R",
        () -> {
          lock.readLock().lock();
          inside.enterShared();
          inside.leave();
          lock.readLock().unlock();
        });
    s.thread(
        "W",
        () -> {
          lock.writeLock().lock();
          inside.enter();
          inside.leave();
          lock.writeLock().unlock();
        });
  }

  void stamped_lock(Scenario s) {
    StampedLock lock = new StampedLock();
    int[] value = {0};
    s.thread(
        "W",
        () -> {
          long stamp = lock.writeLock();
          value[0]++;
          lock.unlockWrite(stamp);
        });
    s.thread(
        "R",
        () -> {
          long stamp = lock.readLock();
          s.require(value[0] < 2, "nobody writes 2");
          lock.unlockRead(stamp);
        });
  }

  void semaphore(Scenario s) throws InterruptedException {
    Semaphore semaphore = new Semaphore(1);
    Section inside = s.section("what one permit opens", 1);
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            semaphore.acquire();
            inside.enter();
            inside.leave();
            semaphore.release();
          });
    }
  }

  void timed_attempt(Scenario s) {
    Semaphore semaphore = new Semaphore(0);
    s.exactTime();
    s.thread(
        "A",
        () -> {
          boolean got = semaphore.tryAcquire(100, TimeUnit.MILLISECONDS);
          s.require(!got && s.millis() == 100, "it waits 100 ms, not " + s.millis());
        });
  }

  void resting_for_a_random_time(Scenario s) {
    s.exactTime();
    ReentrantLock one = new ReentrantLock();
    ReentrantLock other = new ReentrantLock();
    s.thread("A", () -> Wrong.bothOrRest(one, other, () -> ThreadLocalRandom.current().nextInt(3)));
    s.thread("B", () -> Wrong.bothOrRest(other, one, () -> ThreadLocalRandom.current().nextInt(3)));
  }

  void maps_that_are_only_read(Scenario s) {
    Map<String, Integer> hashed = new HashMap<>(Map.of("one", 1));
    Map<String, Integer> sorted = new TreeMap<>(hashed);
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () ->
              s.require(
                  new HashMap<>(hashed).equals(new TreeMap<>(sorted))
                      && hashed.keySet().equals(sorted.keySet())
                      && hashed.values().contains(1)
                      && sorted.values().contains(1),
                  "both see all of it"));
    }
  }

  void count_down_latch(Scenario s) {
    CountDownLatch latch = new CountDownLatch(2);
    s.thread("A", latch::countDown);
    s.thread("B", latch::countDown);
    s.thread("C", latch::await);
  }

  void cyclic_barrier(Scenario s) {
    CyclicBarrier barrier = new CyclicBarrier(2);
    s.thread("A", barrier::await);
    s.thread("B", barrier::await);
  }

  void phaser(Scenario s) {
    Phaser phaser = new Phaser(2);
    s.thread("A", phaser::arriveAndAwaitAdvance);
    s.thread("B", phaser::arriveAndAwaitAdvance);
  }

  void exchanger(Scenario s) {
    Exchanger<String> exchanger = new Exchanger<>();
    s.thread("A", () -> s.require("b".equals(exchanger.exchange("a")), "A gets b"));
    s.thread("B", () -> s.require("a".equals(exchanger.exchange("b")), "B gets a"));
  }

  void array_blocking_queue(Scenario s) {
    ArrayBlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);
    s.thread(
        "P",
        () -> {
          queue.put(1);
          queue.put(2);
        });
    s.thread("C", () -> s.require(queue.take() == 1 && queue.take() == 2, "first in, first out"));
  }

  void linked_blocking_queue(Scenario s) {
    LinkedBlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
    s.thread("P", () -> queue.put(1));
    s.thread("C", () -> s.require(queue.take() == 1, "what was put is taken"));
  }

  void synchronous_queue(Scenario s) {
    SynchronousQueue<Integer> queue = new SynchronousQueue<>();
    s.thread("P", () -> queue.put(1));
    s.thread("C", () -> s.require(queue.take() == 1, "what was put is taken"));
  }

  void queue_of_michael_and_scott(Scenario s) {
    ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
    s.thread("A", () -> queue.add(1));
    s.thread("B", () -> queue.add(2));
    s.atEnd("both are in", () -> queue.poll() + queue.poll() == 3 && queue.isEmpty());
  }

  void concurrent_map(Scenario s) {
    ConcurrentHashMap<String, Integer> map = new ConcurrentHashMap<>();
    s.thread("A", () -> map.merge("k", 1, Integer::sum));
    s.thread("B", () -> map.merge("k", 1, Integer::sum));
    s.atEnd("both are counted", () -> map.get("k") == 2);
  }

  void atomics(Scenario s) {
    AtomicInteger count = new AtomicInteger();
    LongAdder adder = new LongAdder();
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            count.incrementAndGet();
            adder.increment();
          });
    }
    s.atEnd("both are counted", () -> count.get() == 2 && adder.sum() == 2);
  }

  void future_task(Scenario s) {
    FutureTask<Integer> task = new FutureTask<>(() -> 42);
    s.thread("A", task::run);
    s.thread("B", () -> s.require(task.get() == 42, "the result is there"));
  }

  void completable_future(Scenario s) {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    s.thread("A", () -> future.complete(1));
    s.thread("B", () -> s.require(future.thenApply(x -> x + 1).get() == 2, "the result is there"));
  }

  private static final class Cell {
    static final AtomicIntegerFieldUpdater<Cell> COUNT =
        AtomicIntegerFieldUpdater.newUpdater(Cell.class, "count");
    static final AtomicReferenceFieldUpdater<Cell, String> FIRST =
        AtomicReferenceFieldUpdater.newUpdater(Cell.class, String.class, "first");

    private volatile int count;
    private volatile String first;
  }

  void field_updaters(Scenario s) {
    Cell cell = new Cell();
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            int before = Cell.COUNT.getAndIncrement(cell);
            s.require(
                Cell.FIRST.compareAndSet(cell, null, name) || before + cell.count > 0,
                "one of them is first");
          });
    }
    s.atEnd(
        "both counted, and the name of one is there", () -> cell.count == 2 && cell.first != null);
  }

  void publisher_and_consumer(Scenario s) {
    s.thread(
        "A",
        () -> {
          CountDownLatch heard = new CountDownLatch(1);
          SubmissionPublisher<String> publisher = new SubmissionPublisher<>();
          publisher.consume(word -> heard.countDown());
          publisher.submit("word");
          heard.await();
          publisher.close();
        });
  }

  void inherited_variable_of_a_thread(Scenario s) {
    InheritableThreadLocal<Integer> depth =
        new InheritableThreadLocal<>() {
          @Override
          protected Integer childValue(Integer parentValue) {
            return parentValue + 1;
          }
        };
    s.thread(
        "A",
        () -> {
          depth.set(1);
          Thread child = new Thread(() -> s.require(depth.get() == 2, "the child is one deeper"));
          child.start();
          child.join();
          s.require(depth.get() == 1, "the parent is where it was");
        });
    s.thread("B", () -> s.require(depth.get() == null, "nobody has set B's"));
  }

  /** Each moves its own half to the left, and both look at a copy of all. */
  void halves_of_an_array(Scenario s) {
    String[] all = {"a", "b", "c", "d", "e", "f"};
    ReentrantLock lock = new ReentrantLock();
    for (int half = 0; half < 2; half++) {
      int begin = 3 * half;
      s.thread(
          half == 0 ? "A" : "B",
          () -> {
            System.arraycopy(all, begin + 1, all, begin, 2);
            String[] mine = Arrays.copyOfRange(all, begin, begin + 3);
            s.require(mine[1].equals(mine[2]) && !mine[0].equals(mine[1]), "it has moved");
            System.arraycopy(all, begin, all, begin + 1, 2);
            lock.lock();
            lock.unlock();
          });
    }
    s.atEnd("each is where it was sent", () -> String.join("", all.clone()).equals("bbceef"));
  }

  void single_thread_executor(Scenario s) {
    s.allThreadsEnd();
    s.thread(
        "A",
        () -> {
          ExecutorService single = Executors.newSingleThreadExecutor();
          s.require(single.submit(() -> 42).get() == 42, "the result is there");
          single.shutdown();
        });
  }

  void future_of_an_asynchronous_call(Scenario s) {
    s.thread(
        "A",
        () ->
            s.require(
                CompletableFuture.supplyAsync(() -> 41).thenApply(x -> x + 1).join() == 42,
                "the result is there"));
  }

  void common_pool_for_two(Scenario s) {
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () ->
              s.require(
                  ForkJoinPool.commonPool().submit(() -> 42).join() == 42, "the result is there"));
    }
  }

  private static final class Early {
    static final AtomicInteger COUNT = Late.COUNT;
  }

  private static final class Late {
    static final AtomicInteger COUNT = new AtomicInteger();
  }

  /** The first values of one class's static variables may come from another's. */
  void static_variables_that_share_an_object(Scenario s) {
    s.thread("A", () -> Early.COUNT.incrementAndGet());
    s.thread("B", () -> Late.COUNT.incrementAndGet());
    s.atEnd("both counted in the same counter, from 0", () -> Early.COUNT.get() == 2);
  }

  /** What one schedule leaves in static variables of the JDK's is gone in the next. */
  void first_thread_of_the_first_pool(Scenario s) {
    s.thread(
        "A",
        () -> {
          String name = Executors.defaultThreadFactory().newThread(() -> {}).getName();
          s.require(name.equals("pool-1-thread-1"), name + " is no first name");
        });
    s.thread("B", () -> {});
  }

  void thread_pool(Scenario s) {
    s.exactTime();
    s.thread(
        "A",
        () -> {
          ExecutorService pool = Executors.newFixedThreadPool(1);
          AtomicInteger done = new AtomicInteger();
          pool.execute(done::incrementAndGet);
          pool.shutdown();
          s.require(pool.awaitTermination(1, TimeUnit.DAYS), "the pool ends");
          s.require(done.get() == 1, "the task was done");
        });
    s.allThreadsEnd();
  }

  void scheduled_pool(Scenario s) {
    s.exactTime();
    s.thread(
        "A",
        () -> {
          ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
          int got = pool.schedule(() -> 7, 50, TimeUnit.MILLISECONDS).get();
          s.require(got == 7 && s.millis() == 50, "it is done after 50 ms, not " + s.millis());
          pool.shutdown();
        });
  }

  void interrupt_ends_a_wait(Scenario s) {
    Object lock = new Object();
    s.thread(
        "A",
        () -> {
          try {
            synchronized (lock) {
              while (true) {
                lock.wait();
              }
            }
          } catch (InterruptedException e) {
            s.require(!Thread.currentThread().isInterrupted(), "the exception clears the status");
          }
        });
    s.thread("B", () -> s.interrupt("A"));
  }

  void started_and_joined(Scenario s) {
    int[] count = {0};
    s.thread(
        "A",
        () -> {
          Thread child = new Thread(() -> count[0]++);
          child.start();
          child.join();
          s.require(count[0] == 1, "what the child did is seen");
        });
  }

  /** A point whose coordinates are always equal, read as the documentation of the JDK shows. */
  private static final class Point {
    private final StampedLock lock = new StampedLock();
    private int x;
    private int y;

    void move() {
      long stamp = lock.writeLock();
      x++;
      y++;
      lock.unlockWrite(stamp);
    }

    int difference() {
      long stamp = lock.tryOptimisticRead();
      int seenX = x;
      int seenY = y;
      if (!lock.validate(stamp)) {
        stamp = lock.readLock();
        seenX = x;
        seenY = y;
        lock.unlockRead(stamp);
      }
      return seenX - seenY;
    }

    int differenceByConversion() {
      while (true) {
        long stamp = lock.tryOptimisticRead();
        int difference = x - y;
        long read = lock.tryConvertToReadLock(stamp);
        if (read != 0) {
          lock.unlockRead(read);
          return difference;
        }
        Thread.onSpinWait();
      }
    }
  }

  void optimistic_reads_that_are_validated_are_no_race(Scenario s) {
    Point point = new Point();
    s.thread("A", point::move);
    s.thread("B", () -> s.require(point.difference() == 0, "read as it was written"));
  }

  void optimistic_reads_that_become_a_read_lock_are_no_race(Scenario s) {
    Point point = new Point();
    s.thread("A", point::move);
    s.thread("B", () -> s.require(point.differenceByConversion() == 0, "read as it was written"));
  }

  void optimistic_reads_under_two_locks_are_no_race(Scenario s) {
    Point one = new Point();
    Point two = new Point();
    s.thread(
        "A",
        () -> {
          one.move();
          two.move();
        });
    s.thread(
        "B",
        () -> {
          long first = one.lock.tryOptimisticRead();
          long second = two.lock.tryOptimisticRead();
          int sum = one.x - one.y + two.x - two.y;
          boolean valid = two.lock.validate(second) && one.lock.validate(first);
          s.require(!valid || sum == 0, "both are read as they were written");
        });
  }
}
