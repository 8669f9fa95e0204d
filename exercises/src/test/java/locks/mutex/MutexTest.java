package locks.mutex;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.AbstractQueuedLongSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import threadmill.explore.History;
import threadmill.explore.Scenario;
import threadmill.explore.Section;
import threadmill.explore.Tally;
import threadmill.harness.Action;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Explore;
import threadmill.harness.Failure;
import threadmill.harness.Halt;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.model.Kind;

/** What a mutex promises. */
@Contract
class MutexTest {
  private static final String TAKEN = "another thread holds the mutex";
  private static final String STILL_TAKEN = TAKEN + ": an interrupt changes nothing about that";
  private static final String FREE = "no thread holds the mutex";
  private static final String UNLOCKED = "the mutex was unlocked";
  private static final String FOR_LONG = "tryLock(600000)";
  private static final List<Long> NO_TIME = List.of(0L, -1L, -86_400_000L, Long.MIN_VALUE);

  @CheckId("S0")
  @Test
  void it_is_built_from_simpler_things(Crew crew) {
    mutex(crew);
    Structure.of(Mutex.class)
        .mayUse("java.util.concurrent.atomic")
        .mayUse(
            LockSupport.class,
            AbstractOwnableSynchronizer.class,
            ConcurrentLinkedQueue.class,
            ConcurrentLinkedDeque.class,
            TimeUnit.class,
            VarHandle.class,
            MethodHandles.class)
        .mayCall("java.lang.Thread.onSpinWait", "java.lang.Thread.yield")
        .asksToBuild(
            Lock.class,
            ReentrantLock.class,
            ReentrantReadWriteLock.class,
            StampedLock.class,
            AbstractQueuedSynchronizer.class,
            AbstractQueuedLongSynchronizer.class,
            Semaphore.class,
            CountDownLatch.class)
        .mustNotSynchronize()
        .holds();
  }

  @CheckId(value = "S1", points = 2)
  @Test
  void one_thread_holds_it_and_the_others_sleep(Crew crew) {
    Mutex mutex = mutex(crew);
    Keeper first = Keeper.of(crew, mutex).gets(FREE);
    Keeper second = Keeper.of(crew, mutex).waits(TAKEN);
    Keeper third =
        new Keeper(crew, mutex, "lockInterruptibly()", mutex::lockInterruptibly, 1).waits(TAKEN);
    Keeper fourth = new Keeper(crew, mutex, FOR_LONG, () -> triesForLong(mutex), 1).waits(TAKEN);
    first.unlocks();
    second.gets(UNLOCKED);
    third.waits(TAKEN);
    second.unlocks();
    third.gets(UNLOCKED).unlocks();
    fourth.gets(UNLOCKED).unlocks();
  }

  private static void triesForLong(Mutex mutex) throws InterruptedException {
    require(mutex.tryLock(600_000), FOR_LONG + " returned false although " + UNLOCKED);
  }

  @CheckId(value = "S2", points = 2)
  @Test
  void it_is_unlocked_as_often_as_it_was_locked(Crew crew) {
    Mutex mutex = mutex(crew);
    Keeper keeper =
        new Keeper(
            crew,
            mutex,
            "lock()",
            () -> lockInAllWays(mutex),
            4);
    keeper.gets("its thread holds the mutex already, and may lock it again");
    Keeper rival = Keeper.of(crew, mutex).waits(TAKEN);
    for (int i = 1; i <= 3; i++) {
      keeper.unlocks();
      rival.waits("another thread has locked the mutex 4 times and unlocked it only " + i + " times");
    }
    keeper.unlocks();
    rival.gets(UNLOCKED + " as often as it was locked").unlocks();
  }

  private static void lockInAllWays(Mutex mutex) throws InterruptedException {
    mutex.lock();
    mutex.lockInterruptibly();
    require(mutex.tryLock(), "tryLock() returned false although its thread holds the mutex");
    require(mutex.tryLock(10), "tryLock(10) returned false although its thread holds the mutex");
  }

  @CheckId(value = "S12", points = 2)
  @Test
  void its_holder_gets_in_again_at_once_although_others_wait(Crew crew) {
    Mutex mutex = mutex(crew);
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch othersWait = new CountDownLatch(1);
    Keeper keeper =
        new Keeper(
            crew,
            mutex,
            "lock()",
            () -> {
              mutex.lock();
              held.countDown();
              othersWait.await();
              lockInAllWays(mutex);
            },
            5);
    crew.until(
        () -> held.getCount() == 0 || keeper.step().isOver(),
        "lock() should return because " + FREE + ", but it does not");
    Keeper rival = Keeper.of(crew, mutex).waits(TAKEN);
    othersWait.countDown();
    keeper.gets("its thread holds the mutex already, whoever else waits for it");
    for (int i = 0; i < 5; i++) {
      keeper.unlocks();
    }
    rival.gets(UNLOCKED + " as often as it was locked").unlocks();
  }

  @CheckId(value = "S3", points = 2)
  @Test
  void only_the_thread_that_holds_it_can_unlock_it(Crew crew) {
    Mutex mutex = mutex(crew);
    crew.does("unlock()", mutex::unlock).fails(IllegalMonitorStateException.class, FREE);
    Keeper keeper = Keeper.of(crew, mutex).gets(FREE);
    crew.does("unlock()", mutex::unlock).fails(IllegalMonitorStateException.class, TAKEN);
    Keeper rival = Keeper.of(crew, mutex).waits(TAKEN);
    keeper.unlocks();
    rival.gets(UNLOCKED).unlocks();
  }

  @CheckId("S4")
  @Test
  void trying_never_waits(Crew crew) {
    Mutex mutex = mutex(crew);
    Keeper keeper = Keeper.of(crew, mutex).gets(FREE);
    require(!tries(crew, mutex), "tryLock() returned true although " + TAKEN);
    for (long millis : NO_TIME) {
      String call = "tryLock(" + millis + ")";
      require(!tries(crew, mutex, millis), call + " returned true although " + TAKEN);
      require(tries(crew, mutex(crew), millis), call + " returned false although " + FREE);
    }
    expectQueue(crew, mutex, 0, "those who tried have gone");
    keeper.unlocks();
    require(tries(crew, mutex), "tryLock() returned false although " + FREE);
  }

  private static boolean tries(Crew crew, Mutex mutex) {
    return crew.asks("tryLock()", mutex::tryLock).finishes("it never waits");
  }

  private static boolean tries(Crew crew, Mutex mutex, long millis) {
    return crew.asks("tryLock(" + millis + ")", () -> mutex.tryLock(millis))
        .finishes("it has no time to wait");
  }

  @CheckId(value = "S5", points = 2)
  @Test
  void an_interrupt_ends_a_wait_that_may_be_interrupted(Crew crew) {
    Mutex mutex = mutex(crew);
    Keeper keeper = Keeper.of(crew, mutex).gets(FREE);
    Step<Void> first = crew.does("lockInterruptibly()", mutex::lockInterruptibly).blocks(TAKEN);
    Step<Boolean> second = crew.asks("tryLock(600000)", () -> mutex.tryLock(600_000));
    crew.untilWaiting(second, TAKEN);
    Keeper last = Keeper.of(crew, mutex).waits(TAKEN);
    second.interrupt().fails(InterruptedException.class, "its thread was interrupted");
    first.interrupt().fails(InterruptedException.class, "its thread was interrupted");
    expectQueue(crew, mutex, 1, "two of the three that waited were interrupted");
    crew.does("lockInterruptibly()", () -> interrupted(mutex::lockInterruptibly))
        .fails(InterruptedException.class, "its thread was interrupted before it came");
    crew.does(FOR_LONG, () -> interrupted(() -> mutex.tryLock(600_000)))
        .fails(InterruptedException.class, "its thread was interrupted before it came");
    expectQueue(crew, mutex, 1, "all but one of those that came were interrupted");
    keeper.unlocks();
    last.gets(UNLOCKED + " and who waited before it has been interrupted").unlocks();
  }

  private static void interrupted(Action call) throws Throwable {
    Thread.currentThread().interrupt();
    call.run();
  }

  @CheckId(value = "S6", points = 2)
  @Test
  void an_interrupt_does_not_end_lock_and_is_not_lost(Crew crew) {
    Mutex mutex = mutex(crew);
    Keeper keeper = Keeper.of(crew, mutex).gets(FREE);
    Keeper first =
        new Keeper(crew, mutex, "lock()", () -> locksAndKeepsTheFlag(mutex, "while it waited"), 1)
            .waits(TAKEN);
    Keeper second =
        new Keeper(crew, mutex, "lock()", () -> locksInterrupted(mutex), 1).waits(STILL_TAKEN);
    Keeper third = Keeper.of(crew, mutex).waits(TAKEN);
    for (int i = 0; i < 2; i++) {
      second.interrupt().waits(STILL_TAKEN);
      first.interrupt().waits(STILL_TAKEN);
    }
    keeper.unlocks();
    for (Keeper next : List.of(first, second, third)) {
      next.gets(UNLOCKED + ", it is its turn, and an interrupt costs nobody the place").unlocks();
    }
  }

  private static void locksInterrupted(Mutex mutex) {
    Thread.currentThread().interrupt();
    locksAndKeepsTheFlag(mutex, "before it came");
  }

  private static void locksAndKeepsTheFlag(Mutex mutex, String when) {
    mutex.lock();
    require(
        Thread.interrupted(),
        "lock() lost an interrupt: its thread was interrupted "
            + when
            + ", and afterwards the interrupt flag was not set");
  }

  @CheckId(value = "S7", points = 2)
  @Test
  void they_come_in_the_order_in_which_they_waited(Crew crew) {
    Mutex mutex = mutex(crew);
    expectQueue(crew, mutex, 0, "nobody has come yet");
    Keeper keeper = Keeper.of(crew, mutex).gets(FREE);
    expectQueue(crew, mutex, 0, "who holds the mutex does not wait for it");
    List<Keeper> queue = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      queue.add(Keeper.of(crew, mutex).waits(TAKEN));
      expectQueue(crew, mutex, i, "so many threads wait");
    }
    keeper.unlocks();
    for (int i = 0; i < 3; i++) {
      queue.get(i).gets("it is its turn: of those who wait it came first");
      for (int later = i + 1; later < 3; later++) {
        queue.get(later).waits("others came before it");
      }
      queue.get(i).unlocks();
    }
    expectQueue(crew, mutex, 0, "everybody has had the mutex");
  }

  @CheckId(value = "S8", points = 2)
  @Test
  void the_jvm_sees_a_deadlock_of_two(Crew crew) {
    Mutex one = mutex(crew);
    Mutex other = mutex(crew);
    List<Keeper> firsts = new ArrayList<>();
    CountDownLatch both = new CountDownLatch(2);
    CountDownLatch crossing = new CountDownLatch(2);
    for (Mutex first : List.of(one, other)) {
      Mutex second = first == one ? other : one;
      firsts.add(
          new Keeper(
              crew,
              first,
              "lockInterruptibly()",
              () -> {
                first.lockInterruptibly();
                both.countDown();
                both.await();
                crossing.countDown();
                try {
                  second.lockInterruptibly();
                  second.unlock();
                } catch (InterruptedException e) {
                  // As asked, below: that is how this deadlock ends.
                }
              },
              1));
    }
    crew.until(
        () -> crossing.getCount() == 0 || firsts.stream().anyMatch(k -> k.step().isOver()),
        "lockInterruptibly() should return because " + FREE + ", but it does not");
    firsts.forEach(keeper -> keeper.waits("the other thread holds the mutex and waits for ours"));
    Set<Long> known = deadlocked();
    for (Keeper keeper : firsts) {
      if (!known.contains(id(keeper.step().thread()))) {
        throw crew.failure(
            Kind.CONTRACT,
            "two threads wait for each other's mutex and the JVM does not see it: it must be told"
                + " who holds a mutex (setExclusiveOwnerThread), and by whom a thread is parked"
                + " (LockSupport.park(this))");
      }
    }
    firsts.get(0).interrupt().gets("it was interrupted").unlocks();
    firsts.get(1).gets("the other thread has given up").unlocks();
    crew.does("unlock()", () -> isForgottenAfterUnlock(mutex(crew))).finishes(FREE);
  }

  private static void isForgottenAfterUnlock(Mutex mutex) {
    mutex.lock();
    mutex.unlock();
    require(
        !isKnownToOwn(mutex),
        "the mutex is free, and the JVM still says that this thread owns it: it must be told"
            + " (setExclusiveOwnerThread(null))");
  }

  /** Whether the JVM says that the calling thread owns the mutex. */
  private static boolean isKnownToOwn(Mutex mutex) {
    long[] me = {id(Thread.currentThread())};
    ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(me, false, true)[0];
    return Stream.of(info.getLockedSynchronizers())
        .anyMatch(held -> held.getIdentityHashCode() == System.identityHashCode(mutex));
  }

  private static Set<Long> deadlocked() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Set<Long> ids = new TreeSet<>();
    long[] found = threads.findDeadlockedThreads();
    for (int i = 0; found != null && i < found.length; i++) {
      ids.add(found[i]);
    }
    return ids;
  }

  @SuppressWarnings("deprecation")
  private static long id(Thread thread) {
    return thread.getId();
  }

  @CheckId("S9")
  @Test
  void many_threads_count_without_a_mistake(Crew crew) {
    crew.heavy();
    count(crew.noisy(), 300);
    count(crew.quiet(), 5_000);
  }

  /** Four threads use one plain number, which the mutex alone protects. */
  private static void count(Crew crew, int times) {
    Mutex mutex = mutex(crew);
    int[] number = new int[1];
    int[] added = new int[4];
    List<Step<Void>> rivals =
        crew.atOnce(
            4,
            "lock()",
            i ->
                () -> {
                  for (int n = 0; n < times; n++) {
                    if (n % 3 != i % 3 || !mutex.tryLock()) {
                      mutex.lock();
                    }
                    number[0]++;
                    added[i]++;
                    mutex.unlock();
                  }
                });
    crew.allFinish(
        rivals, "nobody keeps the mutex", () -> requireNobodyMet(crew, rivals, number[0], added));
  }

  /** Two that hold it at once lose an addition, or the second one is told that it holds nothing. */
  private static void requireNobodyMet(
      Crew crew, List<Step<Void>> rivals, int number, int[] added) {
    boolean refused =
        rivals.stream()
            .flatMap(rival -> rival.thrown().stream())
            .anyMatch(IllegalMonitorStateException.class::isInstance);
    int all = IntStream.of(added).sum();
    if (refused || number != all) {
      throw crew.failureAt(
          "lock()",
          Kind.SAFETY,
          "4 threads added to one number, each time holding the mutex, and two of them held it at"
              + " once",
          "added: " + all + " times 1, which made " + number + (refused ? "; unlock() threw" : ""));
    }
  }

  @CheckId(value = "S10", points = 2)
  @Test
  void however_many_wait_they_come_in_their_order(Crew crew) {
    for (int threads : crew.sizes(2, 40)) {
      Mutex mutex = mutex(crew);
      Keeper keeper = lockedOften(crew, mutex, 9 * threads).gets(FREE);
      List<Integer> order = new CopyOnWriteArrayList<>();
      List<Step<Void>> queue = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        queue.add(standsInLine(crew, mutex, i, order));
        crew.untilWaiting(queue.get(i), TAKEN);
      }
      expectQueue(crew, mutex, threads, "so many threads wait");
      List<Integer> wanted = leave(crew, queue);
      expectQueue(crew, mutex, wanted.size(), "the others were interrupted");
      for (int i = 0; i < 9 * threads; i++) {
        keeper.unlocks();
      }
      crew.allFinish(wanted.stream().map(queue::get).toList(), UNLOCKED);
      if (!order.equals(wanted)) {
        throw crew.failureAt(
            "lock()",
            Kind.CONTRACT,
            threads + " threads waited, and they did not get the mutex in the order in which they came",
            "numbered by their coming they got it in this order: " + order);
      }
      expectQueue(crew, mutex, 0, "everybody has had the mutex");
    }
  }

  private static Keeper lockedOften(Crew crew, Mutex mutex, int times) {
    return new Keeper(
        crew,
        mutex,
        "lock()",
        () -> {
          for (int i = 1; i <= times; i++) {
            mutex.lock();
            require(
                mutex.holdCount() == i, "holdCount() is wrong after lock() was called " + i + " times");
          }
        },
        times);
  }

  private static Step<Void> standsInLine(Crew crew, Mutex mutex, int number, List<Integer> order) {
    Operation way = number % 2 == 0 ? Operation.LOCK : Operation.LOCK_INTERRUPTIBLY;
    boolean timed = number % 4 == 1;
    return crew.does(
        timed ? FOR_LONG : way.call,
        () -> {
          if (timed) {
            triesForLong(mutex);
          } else {
            way.on(mutex);
          }
          order.add(number);
          mutex.unlock();
        });
  }

  /** Some of those who may be interrupted are; the numbers of those who stay. */
  private static List<Integer> leave(Crew crew, List<Step<Void>> queue) {
    List<Integer> stay = new ArrayList<>();
    for (int i = 0; i < queue.size(); i++) {
      if (i % 2 == 1 && crew.random().nextInt(3) == 0) {
        queue.get(i).interrupt().fails(InterruptedException.class, "its thread was interrupted");
      } else {
        stay.add(i);
      }
    }
    return stay;
  }

  @CheckId(value = "S13", points = 2)
  @Test
  void the_jvm_knows_the_owner_however_it_got_the_mutex(Crew crew) {
    List<Operation> ways =
        List.of(
            Operation.LOCK, Operation.LOCK_INTERRUPTIBLY, Operation.TRY, Operation.TIMED_TRY);
    for (Operation way : ways) {
      Mutex mutex = mutex(crew);
      crew.does(way.call, () -> isKnownUntilUnlocked(mutex, way.call, () -> way.on(mutex)))
          .finishes(FREE);
    }
    knownAfterItWaited(crew, "lock()", Mutex::lock);
    knownAfterItWaited(crew, "lockInterruptibly()", Mutex::lockInterruptibly);
    knownAfterItWaited(crew, FOR_LONG, MutexTest::triesForLong);
  }

  /** One of the ways to lock a mutex. */
  private interface Way {
    void takes(Mutex mutex) throws InterruptedException;
  }

  private static void knownAfterItWaited(Crew crew, String call, Way way) {
    Mutex mutex = mutex(crew);
    Keeper keeper = Keeper.of(crew, mutex).gets(FREE);
    Step<Void> next =
        crew.does(call, () -> isKnownUntilUnlocked(mutex, call, () -> way.takes(mutex)));
    crew.untilWaiting(next, TAKEN);
    if (LockSupport.getBlocker(next.thread()) != mutex) {
      throw crew.failureAt(
          call,
          Kind.CONTRACT,
          call + " parks its thread without saying for what (LockSupport.park(this)): nobody can see"
              + " what the thread waits for");
    }
    keeper.unlocks();
    next.finishes(UNLOCKED);
  }

  private static void isKnownUntilUnlocked(Mutex mutex, String call, Action take) throws Throwable {
    String not = ", and the JVM does not know it: it must be told (setExclusiveOwnerThread)";
    take.run();
    require(isKnownToOwn(mutex), call + " made this thread the owner" + not);
    mutex.lock();
    mutex.unlock();
    require(isKnownToOwn(mutex), "a thread that locked twice and unlocked once is the owner" + not);
    mutex.unlock();
    require(!isKnownToOwn(mutex), "the mutex is free, and the JVM still says that it has an owner");
  }

  @CheckId(value = "S14", points = 2)
  @Test
  void a_wake_up_for_no_reason_ends_no_wait_of_whatever_kind(Crew crew) {
    Mutex mutex = mutex(crew);
    Keeper keeper = Keeper.of(crew, mutex).gets(FREE);
    Keeper first = Keeper.of(crew, mutex).waits(TAKEN);
    Keeper second =
        new Keeper(crew, mutex, "lockInterruptibly()", mutex::lockInterruptibly, 1).waits(TAKEN);
    Keeper third = new Keeper(crew, mutex, FOR_LONG, () -> triesForLong(mutex), 1).waits(TAKEN);
    Keeper fourth = Keeper.of(crew, mutex).waits(TAKEN);
    // From the last to the first: whoever goes to the end of the queue changes the order.
    List.of(fourth, third, second, first).forEach(each -> each.survivesSpuriousWakeUp(TAKEN));
    keeper.unlocks();
    for (Keeper next : List.of(first, second, third, fourth)) {
      next.gets(UNLOCKED + ", it is its turn, and a wake-up costs nobody the place").unlocks();
    }
  }

  /** The unlocking thread stops at each of its steps, and in each of them another tries. */
  @CheckId(value = "S11", points = 2)
  @Test
  void the_jvm_is_told_of_an_owner_before_it_can_be_the_last_one(Crew crew) {
    boolean more = true;
    for (int point = 1; more && point <= 24; point++) {
      Halt halt = crew.halt(point);
      takesItMeanwhile(crew, halt);
      more = halt.isReached();
    }
  }

  private static void takesItMeanwhile(Crew crew, Halt halt) {
    Mutex mutex = mutex(crew);
    CountDownLatch told = new CountDownLatch(1);
    Step<Void> slow =
        crew.does(
            "unlock()",
            () -> {
              mutex.lock();
              halt.during(mutex::unlock);
            });
    halt.untilReachedBy(slow);
    AtomicBoolean known = new AtomicBoolean(true);
    Step<Void> next =
        crew.does(
            "tryLock()",
            () -> {
              if (mutex.tryLock()) {
                told.await();
                known.set(isKnownToOwn(mutex));
                mutex.unlock();
              }
            });
    halt.untilCannotGoOn(next);
    halt.end();
    slow.finishes("it never waits");
    told.countDown();
    next.finishes("it holds the mutex, or did not get it");
    if (!known.get()) {
      throw crew.failureAt(
          "unlock()",
          Kind.CONTRACT,
          "a thread took the mutex while another was still in unlock(), and then the JVM did not know"
              + " its owner: unlock() told it that there is none (setExclusiveOwnerThread(null)) when"
              + " the next one had told its own name already");
    }
  }

  /** One call of a history. */
  enum Operation {
    LOCK("lock()"),
    LOCK_INTERRUPTIBLY("lockInterruptibly()"),
    TRY("tryLock()"),
    TIMED_TRY("tryLock(50)"),
    UNLOCK("unlock()");

    private final String call;

    Operation(String call) {
      this.call = call;
    }

    /** Makes the call; what it returned, and {@code true} if it returns nothing. */
    boolean on(Mutex mutex) throws InterruptedException {
      switch (this) {
        case LOCK -> mutex.lock();
        case LOCK_INTERRUPTIBLY -> mutex.lockInterruptibly();
        case TRY -> {
          return mutex.tryLock();
        }
        case TIMED_TRY -> {
          return mutex.tryLock(50);
        }
        case UNLOCK -> mutex.unlock();
        default -> throw new IllegalStateException();
      }
      return true;
    }

    /** What the call does to a mutex that is no more than two variables. */
    boolean on(Model model, String thread) {
      return switch (this) {
        case UNLOCK -> model.unlock(thread);
        case TRY, TIMED_TRY -> model.tryLock(thread);
        default -> model.lock(thread);
      };
    }
  }

  /** A mutex as seen by one thread at a time. */
  static final class Model {
    private String owner;
    private int holds;

    boolean tryLock(String thread) {
      if (owner != null && !thread.equals(owner)) {
        return false;
      }
      owner = thread;
      holds++;
      return true;
    }

    boolean lock(String thread) {
      if (!tryLock(thread)) {
        throw History.mustWait();
      }
      return true;
    }

    boolean unlock(String thread) {
      if (!thread.equals(owner)) {
        throw new IllegalMonitorStateException();
      }
      holds--;
      owner = holds == 0 ? null : thread;
      return true;
    }

    int holdCount(String thread) {
      return thread.equals(owner) ? holds : 0;
    }
  }

  @CheckId("P1")
  @Property(tries = 40)
  void used_by_one_thread_it_counts_its_holds(
      @ForAll @Size(max = 10) List<Operation> operations, Crew crew) {
    Mutex mutex = mutex(crew);
    crew.does("lock()", () -> play(crew, mutex, operations))
        .finishes("no other thread wants the mutex");
  }

  private static void play(Crew crew, Mutex mutex, List<Operation> operations)
      throws InterruptedException {
    Model model = new Model();
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      String after = " after " + operations.subList(0, i);
      expect(crew, operation.call, resultOf(operation, mutex), resultOf(operation, model), after);
      after = " after " + operations.subList(0, i + 1);
      expect(crew, "holdCount()", mutex.holdCount(), model.holds, after);
      boolean held = mutex.isHeldByCurrentThread();
      expect(crew, "isHeldByCurrentThread()", held, model.holds > 0, after);
    }
  }

  private static Object resultOf(Operation operation, Mutex mutex) throws InterruptedException {
    try {
      return operation.on(mutex);
    } catch (IllegalMonitorStateException e) {
      return "IllegalMonitorStateException";
    }
  }

  private static Object resultOf(Operation operation, Model model) {
    try {
      return operation.on(model, "");
    } catch (IllegalMonitorStateException e) {
      return "IllegalMonitorStateException";
    }
  }

  private static void expect(Crew crew, String call, Object found, Object wanted, String after) {
    if (!found.equals(wanted)) {
      throw crew.failureAt(
          call, Kind.CONTRACT, call + " gave " + found + ", not " + wanted + "," + after);
    }
  }

  @CheckId(value = "X1", points = 2)
  @Explore
  void who_locks_and_who_tries_never_hold_it_together(Scenario s) {
    s.noSpuriousWakeUps();
    Mutex mutex = new Mutex();
    Section inside = s.section("what the mutex protects");
    s.thread("A", () -> use(mutex, inside));
    s.thread(
        "B",
        () -> {
          if (mutex.tryLock()) {
            inside.enter();
            inside.leave();
            mutex.unlock();
          }
        });
  }

  @CheckId(value = "X2", points = 2)
  @Explore
  void a_wake_up_for_no_reason_lets_nobody_in(Scenario s) {
    Mutex mutex = new Mutex();
    Section inside = s.section("what the mutex protects");
    s.thread("A", () -> use(mutex, inside));
    s.thread("B", () -> use(mutex, inside));
  }

  @CheckId(value = "X3", points = 3)
  @Explore
  void whoever_waits_is_woken(Scenario s) {
    s.noSpuriousWakeUps();
    Mutex mutex = new Mutex();
    Section inside = s.section("what the mutex protects");
    for (String name : List.of("A", "B", "C")) {
      s.thread(name, () -> use(mutex, inside));
    }
  }

  private static void use(Mutex mutex, Section inside) {
    mutex.lock();
    inside.enter();
    inside.leave();
    mutex.unlock();
  }

  @CheckId(value = "X4", points = 2)
  @Explore
  void nobody_overtakes_those_who_wait(Scenario s) {
    s.noSpuriousWakeUps();
    Mutex mutex = new Mutex();
    Tally stage = s.tally("stage");
    Tally turn = s.tally("turn");
    s.thread(
        "H",
        () -> {
          mutex.lock();
          stage.add(1);
          s.untilWaiting("A");
          stage.add(1);
          s.untilWaiting("B");
          mutex.unlock();
          mutex.lock();
          s.require(turn.add(1) == 3, "thread H let go and came back before those who waited");
          mutex.unlock();
        });
    s.thread(
        "A",
        () -> {
          s.until("thread H holds the mutex", () -> stage.get() >= 1);
          mutex.lock();
          s.require(turn.add(1) == 1, "thread A waited longest, and another thread came first");
          mutex.unlock();
        });
    s.thread(
        "B",
        () -> {
          s.until("thread A waits", () -> stage.get() >= 2);
          mutex.lock();
          s.require(turn.add(1) == 2, "thread B waited after A and before H, and was not second");
          mutex.unlock();
        });
  }

  @CheckId("X5")
  @Explore
  void a_timed_attempt_stands_in_line(Scenario s) {
    s.noSpuriousWakeUps().exactTime();
    Mutex mutex = new Mutex();
    Tally held = s.tally("held");
    Tally turn = s.tally("turn");
    s.thread(
        "H",
        () -> {
          mutex.lock();
          held.add(1);
          s.untilWaiting("A");
          mutex.unlock();
          s.require(mutex.tryLock(100), "tryLock(100) failed although the mutex was free in time");
          s.require(turn.add(1) == 2, "tryLock(100) overtook a thread that was waiting");
          mutex.unlock();
        });
    s.thread(
        "A",
        () -> {
          s.until("thread H holds the mutex", () -> held.get() == 1);
          mutex.lock();
          turn.add(1);
          mutex.unlock();
        });
  }

  @CheckId(value = "X6", points = 2)
  @Explore
  void the_time_of_an_attempt_is_counted_once(Scenario s) {
    s.noSpuriousWakeUps().exactTime();
    Mutex mutex = new Mutex();
    AtomicReference<Thread> trying = new AtomicReference<>();
    Tally held = s.tally("held");
    Tally over = s.tally("over");
    s.thread(
        "H",
        () -> {
          mutex.lock();
          held.add(1);
          s.until("the attempt is over", () -> over.get() == 1);
          mutex.unlock();
        });
    s.thread(
        "A",
        () -> {
          s.until("thread H holds the mutex", () -> held.get() == 1);
          trying.set(Thread.currentThread());
          long begin = s.millis();
          boolean got = mutex.tryLock(100);
          long took = s.millis() - begin;
          over.add(1);
          s.require(!got, "tryLock(100) returned true although " + TAKEN);
          s.require(took >= 100, "tryLock(100) took a wake-up for the end of its time");
          s.require(took < 150, "tryLock(100) took much longer: each wake-up begins its time anew");
        });
    s.thread(
        "C",
        () -> {
          Thread.sleep(60);
          LockSupport.unpark(trying.get());
        });
  }

  @CheckId(value = "X7", points = 2)
  @Explore
  void who_gives_up_leaves_the_turn_to_the_next(Scenario s) {
    s.noSpuriousWakeUps();
    Mutex mutex = new Mutex();
    Tally held = s.tally("held");
    s.thread("H", () -> holdUntilWaiting(s, mutex, held, "A"));
    s.thread(
        "A",
        () -> {
          s.until("thread H holds the mutex", () -> held.get() == 1);
          if (mutex.tryLock(100)) {
            mutex.unlock();
          }
        });
    s.thread(
        "B",
        () -> {
          s.until("thread H holds the mutex", () -> held.get() == 1);
          s.untilWaiting("A");
          mutex.lock();
          mutex.unlock();
        });
    s.atEnd("nobody is in the queue and the mutex is free", () -> isAtRest(mutex));
  }

  @CheckId(value = "X8", points = 2)
  @Explore
  void who_is_interrupted_leaves_the_turn_to_the_next(Scenario s) {
    s.noSpuriousWakeUps();
    Mutex mutex = new Mutex();
    Tally held = s.tally("held");
    s.thread("H", () -> holdUntilWaiting(s, mutex, held, "A"));
    s.thread(
        "A",
        () -> {
          s.until("thread H holds the mutex", () -> held.get() == 1);
          try {
            mutex.lockInterruptibly();
            mutex.unlock();
          } catch (InterruptedException e) {
            // That is one of the two ways in which this may end.
          }
        });
    s.thread(
        "B",
        () -> {
          s.until("thread H holds the mutex", () -> held.get() == 1);
          s.untilWaiting("A");
          s.interrupt("A");
          mutex.lock();
          mutex.unlock();
        });
    s.atEnd("nobody is in the queue and the mutex is free", () -> isAtRest(mutex));
  }

  private static void holdUntilWaiting(Scenario s, Mutex mutex, Tally held, String other) {
    mutex.lock();
    held.add(1);
    s.untilWaiting(other);
    mutex.unlock();
  }

  private static boolean isAtRest(Mutex mutex) {
    return mutex.queueLength() == 0 && mutex.tryLock() && mutex.holdCount() == 1;
  }

  /** The holder keeps it until the attempt is over; it may come in the middle of the attempt. */
  @CheckId("X10")
  @Explore
  void an_attempt_that_comes_too_late_does_not_wait(Scenario s) {
    s.noSpuriousWakeUps();
    Mutex mutex = new Mutex();
    Tally over = s.tally("attempts that are over");
    s.thread(
        "H",
        () -> {
          mutex.lock();
          s.until("the attempt is over: it must not wait", () -> over.get() == 1);
          mutex.unlock();
        });
    s.thread(
        "A",
        () -> {
          boolean got = mutex.tryLock();
          over.add(1);
          if (got) {
            mutex.unlock();
          }
        });
  }

  @CheckId("X9")
  @Explore
  void the_hold_count_is_the_holders_own(Scenario s) {
    s.noSpuriousWakeUps();
    Mutex mutex = new Mutex();
    s.thread(
        "A",
        () -> {
          mutex.lock();
          mutex.lock();
          s.require(mutex.holdCount() == 2, "holdCount() was not 2 after locking twice");
          mutex.unlock();
          mutex.unlock();
          s.require(mutex.holdCount() == 0, "holdCount() was not 0 for a thread that had let go");
        });
    s.thread(
        "B",
        () -> {
          mutex.lock();
          s.require(mutex.holdCount() == 1, "holdCount() was not 1 after locking once");
          mutex.unlock();
          s.require(!mutex.isHeldByCurrentThread(), "a thread that had let go held the mutex");
        });
  }

  /** A call of a small program of several threads. */
  enum Call {
    LOCK,
    LOCK_INTERRUPTIBLY,
    TRY_LOCK,
    TRY_LOCK_0,
    TRY_LOCK_50,
    TRY_LOCK_FOR_EVER,
    UNLOCK,
    IS_HELD,
    HOLD_COUNT,
    INTERRUPT_A,
    INTERRUPT_B
  }

  /** What it locks and does not unlock, it unlocks in the end, so that nobody may wait for ever. */
  @CheckId(value = "P2", points = 2)
  @Property(tries = 40)
  void every_small_program_sees_an_owner_and_a_number_of_holds(
      @ForAll @Size(min = 1, max = 3) List<Call> a,
      @ForAll @Size(min = 1, max = 2) List<Call> b,
      @ForAll @Size(max = 1) List<Call> c,
      Scenario s) {
    s.noSpuriousWakeUps();
    Mutex mutex = new Mutex();
    History<Model> history = s.history(Model::new);
    s.thread("A", () -> new Player("A", mutex, history, s).perform(a));
    s.thread("B", () -> new Player("B", mutex, history, s).perform(b));
    s.thread("C", () -> new Player("C", mutex, history, s).perform(c));
    s.atEnd("nobody is in the queue and the mutex is free", () -> isAtRest(mutex));
  }

  /** Makes the calls of one thread. */
  private static final class Player {
    private final String thread;
    private final Mutex mutex;
    private final History<Model> history;
    private final Scenario scenario;
    private int holds;

    Player(String thread, Mutex mutex, History<Model> history, Scenario scenario) {
      this.thread = thread;
      this.mutex = mutex;
      this.history = history;
      this.scenario = scenario;
    }

    void perform(List<Call> calls) throws Exception {
      for (Call call : calls) {
        try {
          make(call);
        } catch (InterruptedException | IllegalMonitorStateException e) {
          // Whether it may end so is for the history to say.
        }
      }
      while (holds > 0) {
        unlock();
      }
    }

    private void make(Call call) throws Exception {
      switch (call) {
        case LOCK -> lock();
        case LOCK_INTERRUPTIBLY ->
            gets(
                history.interruptible(
                    "lockInterruptibly()",
                    () -> Operation.LOCK_INTERRUPTIBLY.on(mutex),
                    model -> model.lock(thread)));
        case TRY_LOCK ->
            gets(history.call("tryLock()", mutex::tryLock, model -> model.tryLock(thread)));
        case TRY_LOCK_0 -> tryFor(0);
        case TRY_LOCK_50 -> tryFor(50);
        case TRY_LOCK_FOR_EVER -> tryFor(Long.MAX_VALUE);
        case UNLOCK -> unlock();
        case IS_HELD ->
            history.observe(
                "isHeldByCurrentThread()",
                mutex::isHeldByCurrentThread,
                model -> thread.equals(model.owner));
        case HOLD_COUNT ->
            history.observe("holdCount()", mutex::holdCount, model -> model.holdCount(thread));
        case INTERRUPT_A -> scenario.interrupt("A");
        case INTERRUPT_B -> scenario.interrupt("B");
        default -> throw new AssertionError(call);
      }
    }

    private void gets(boolean itDoes) {
      holds += itDoes ? 1 : 0;
    }

    private void lock() throws Exception {
      gets(
          history.call(
              "lock()", () -> Operation.LOCK.on(mutex), model -> model.lock(thread)));
    }

    private void tryFor(long millis) throws Exception {
      String limit = millis == Long.MAX_VALUE ? "Long.MAX_VALUE" : Long.toString(millis);
      gets(
          history.timed(
              "tryLock(" + limit + ")",
              millis,
              false,
              () -> mutex.tryLock(millis),
              model -> model.lock(thread)));
    }

    private void unlock() throws Exception {
      holds -=
          history.call("unlock()", () -> Operation.UNLOCK.on(mutex), model -> model.unlock(thread))
              ? 1
              : 0;
    }
  }

  private static Mutex mutex(Crew crew) {
    return crew.make("new Mutex()", Mutex::new);
  }

  private static void expectQueue(Crew crew, Mutex mutex, int threads, String because) {
    int found = crew.answer("queueLength()", mutex::queueLength);
    if (found != threads) {
      throw crew.failureAt(
          "queueLength()",
          Kind.CONTRACT,
          "queueLength() returned " + found + ", not " + threads + ": " + because);
    }
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw Failure.of(Kind.CONTRACT, sentence);
    }
  }
}
