package locks.spinlock;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.model.Kind;

/** What a spin lock promises. */
@Contract
class SpinLockTest {
  private static final String TAKEN = "another thread holds the lock";
  private static final String FREE = "no thread holds the lock";
  private static final int FEW_SWAPS = 100;
  private static final int FEW_PAUSES = 20;
  private static final long SPUN_NANOS = 2_000_000L;

  /** So many that two threads meet in a gap of three operations in nearly all runs. */
  private static final int NOISY_ROUNDS = 4;

  @CheckId("S0")
  @Test
  void it_is_built_from_atomic_variables(Crew crew) {
    lock(crew);
    Structure.of(SpinLock.class)
        .mayUse("java.util.concurrent.atomic")
        .mayUse(VarHandle.class, MethodHandles.class, ThreadLocalRandom.class)
        .mayCall("java.lang.Thread.onSpinWait", "java.lang.Thread.yield")
        .mustNotSynchronize()
        .holds();
  }

  @CheckId(value = "S1", points = 2)
  @Test
  void who_waits_stays_awake(Crew crew) {
    SpinLock lock = lock(crew);
    Step<Void> waiting =
        whileHeld(crew, lock::lock, lock::unlock, () -> awake(crew.does("lock()", lock::lock)));
    waiting.finishes("the lock was unlocked");
  }

  @CheckId(value = "S2", points = 3)
  @Test
  void who_waits_looks_before_it_swaps(Crew crew) {
    long swaps = spin(crew).swaps();
    if (swaps > FEW_SWAPS) {
      throw crew.failureAt(
          "lock()",
          Kind.CONTRACT,
          "lock() tried again and again to take a lock that another thread held: it should only read"
              + " until it sees the lock free, and swap then",
          "tried " + swaps + " times while it spun a moment");
    }
  }

  @CheckId("S3")
  @Test
  void who_waits_tells_the_processor(Crew crew) {
    long pauses = spin(crew).pauses();
    if (pauses < FEW_PAUSES) {
      String where = pauses == 0 ? "" : " in its loop";
      throw crew.failureAt(
          "lock()",
          Kind.CONTRACT,
          "lock() spins without calling Thread.onSpinWait()" + where,
          "called " + pauses + " times while it spun a moment");
    }
  }

  /** What a waiting thread did while it spun. */
  private record Spin(long swaps, long pauses) {}

  private static Spin spin(Crew crew) {
    CountedLock lock = crew.make("new SpinLock()", CountedLock::new);
    return whileHeld(
        crew,
        lock::lock,
        lock::unlock,
        () -> {
          long swaps = Operations.swaps();
          long pauses = Operations.pauses();
          awake(crew.does("lock()", lock::lock));
          return new Spin(Operations.swaps() - swaps, Operations.pauses() - pauses);
        });
  }

  /** Must burn the processor, which elsewhere is a mistake. */
  private static Step<Void> awake(Step<Void> waiting) {
    try {
      waiting.blocks(TAKEN);
    } catch (Failure failure) {
      if (failure.finding().kind() == Kind.BUSY) {
        return waiting;
      }
      throw failure;
    }
    throw Failure.of(
        Kind.CONTRACT, "lock() went to sleep although a spin lock is one for which threads spin");
  }

  @CheckId(value = "S4", points = 2)
  @Test
  void only_the_thread_that_holds_it_can_unlock_it(Crew crew) {
    SpinLock lock = lock(crew);
    crew.does("unlock()", lock::unlock).fails(IllegalMonitorStateException.class, FREE);
    whileHeld(
        crew,
        lock::lock,
        lock::unlock,
        () -> {
          crew.does("unlock()", lock::unlock).fails(IllegalMonitorStateException.class, TAKEN);
          boolean got = crew.answer("tryLock()", lock::tryLock);
          require(!got, "tryLock() returned true although " + TAKEN + ": a stranger has unlocked it");
          return null;
        });
  }

  @CheckId(value = "S5", points = 2)
  @Test
  void who_holds_it_cannot_lock_it_again(Crew crew) {
    SpinLock lock = lock(crew);
    whileHeld(
        crew,
        () -> {
          lock.lock();
          try {
            lock.lock();
          } catch (IllegalMonitorStateException e) {
            return;
          }
          throw Failure.of(
              Kind.CONTRACT,
              "lock() returned although its thread held the lock already: nobody knows any more how"
                  + " often it must be unlocked");
        },
        lock::unlock,
        () -> {
          boolean got = crew.answer("tryLock()", lock::tryLock);
          require(!got, "tryLock() returned true although " + TAKEN);
          return null;
        });
    require(crew.answer("tryLock()", lock::tryLock), "tryLock() returned false although " + FREE);
  }

  @CheckId("S6")
  @Test
  void trying_never_spins(Crew crew) {
    SpinLock lock = lock(crew);
    whileHeld(
        crew,
        lock::lock,
        lock::unlock,
        () -> {
          boolean got = crew.asks("tryLock()", lock::tryLock).finishes("it never waits");
          require(!got, "tryLock() returned true although " + TAKEN);
          return null;
        });
  }

  @CheckId("S7")
  @Test
  void many_threads_count_without_a_mistake(Crew crew) {
    crew.heavy();
    for (int round = 0; round < NOISY_ROUNDS; round++) {
      count(crew.noisy(), 100, Thread::yield);
    }
    count(crew.quiet(), 300, () -> {});
  }

  /**
   * Two threads use one plain number, which the lock alone protects. They are few and do little: a
   * right lock that is handed on may cost a whole slice of processor time each time, if the one
   * whose turn it is has no processor.
   */
  private static void count(Crew crew, int times, Runnable inside) {
    SpinLock lock = lock(crew);
    int[] number = new int[1];
    int[] added = new int[2];
    List<Step<Void>> rivals =
        crew.atOnce(
            2,
            "lock()",
            i ->
                () -> {
                  for (int n = 0; n < times; n++) {
                    if (n % 2 != 0 || !lock.tryLock()) {
                      lock.lock();
                    }
                    number[0]++;
                    added[i]++;
                    inside.run();
                    lock.unlock();
                  }
                });
    crew.allFinish(
        rivals, "nobody keeps the lock", () -> requireNobodyMet(crew, rivals, number[0], added));
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
          "2 threads added to one number, each time holding the lock, and two of them held it at"
              + " once",
          "added: " + all + " times 1, which made " + number + (refused ? "; unlock() threw" : ""));
    }
  }

  @CheckId("S9")
  @Test
  void an_interrupt_changes_nothing(Crew crew) {
    SpinLock lock = lock(crew);
    crew.does(
            "lock()",
            () -> {
              Thread.currentThread().interrupt();
              lock.lock();
              requireInterrupted("lock()");
              require(!lock.tryLock(), "tryLock() returned true to the thread that holds the lock");
              requireInterrupted("tryLock()");
              lock.unlock();
              requireInterrupted("unlock()");
              require(lock.tryLock(), "tryLock() returned false although " + FREE);
              requireInterrupted("tryLock()");
              lock.unlock();
            })
        .finishes(FREE);
    Step<Void> waiting =
        whileHeld(
            crew,
            lock::lock,
            lock::unlock,
            () -> {
              Step<Void> step =
                  crew.does(
                      "lock()",
                      () -> {
                        lock.lock();
                        requireInterrupted("lock()");
                        lock.unlock();
                      });
              crew.until(
                  () -> step.isOver() || hasSpun(step.thread()),
                  "threads that wait for the lock should spin");
              return awake(step.interrupt());
            });
    waiting.finishes("the lock was unlocked");
  }

  private static void requireInterrupted(String call) {
    require(
        Thread.currentThread().isInterrupted(),
        call + " lost an interrupt: its thread was interrupted, and afterwards it was not");
  }

  @CheckId("S10")
  @Test
  void a_thread_may_hold_several_locks(Crew crew) {
    SpinLock one = lock(crew);
    SpinLock other = lock(crew);
    crew.does(
            "lock()",
            () -> {
              one.lock();
              other.lock();
              other.unlock();
              require(other.tryLock(), "tryLock() returned false although nobody holds this lock");
              one.unlock();
              other.unlock();
            })
        .finishes("two locks have nothing to do with each other");
  }

  /** One call of a history. */
  enum Operation {
    LOCK,
    TRY,
    UNLOCK
  }

  @CheckId("P1")
  @Property(tries = 40)
  void used_by_one_thread_it_is_taken_or_free(
      @ForAll @Size(max = 10) List<Operation> operations, Crew crew) {
    SpinLock lock = lock(crew);
    crew.does("lock()", () -> play(crew, lock, operations))
        .finishes("no other thread wants the lock");
  }

  private static void play(Crew crew, SpinLock lock, List<Operation> operations) {
    boolean held = false;
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      String call = operation == Operation.TRY ? "tryLock()" : operation.name().toLowerCase(Locale.ROOT) + "()";
      String result = resultOf(lock, operation);
      String wanted =
          switch (operation) {
            case LOCK -> held ? "IllegalMonitorStateException" : "nothing";
            case TRY -> held ? "false" : "true";
            case UNLOCK -> held ? "nothing" : "IllegalMonitorStateException";
          };
      if (!result.equals(wanted)) {
        String sentence = call + " gave " + result + ", not " + wanted + ", after ";
        throw crew.failureAt(call, Kind.CONTRACT, sentence + operations.subList(0, i));
      }
      held = operation != Operation.UNLOCK;
    }
  }

  private static String resultOf(SpinLock lock, Operation operation) {
    try {
      switch (operation) {
        case LOCK -> lock.lock();
        case TRY -> {
          return String.valueOf(lock.tryLock());
        }
        default -> lock.unlock();
      }
      return "nothing";
    } catch (IllegalMonitorStateException e) {
      return "IllegalMonitorStateException";
    }
  }

  @CheckId(value = "X1", points = 3)
  @Explore
  void two_threads_never_hold_it_together(Scenario s) {
    SpinLock lock = new SpinLock();
    Section inside = s.section("what the lock protects");
    s.thread("A", () -> use(lock, inside));
    s.thread("B", () -> use(lock, inside));
  }

  @CheckId(value = "X2", points = 2)
  @Explore
  void who_locks_and_who_tries_never_hold_it_together(Scenario s) {
    SpinLock lock = new SpinLock();
    Section inside = s.section("what the lock protects");
    s.thread("A", () -> use(lock, inside));
    s.thread(
        "B",
        () -> {
          if (lock.tryLock()) {
            inside.enter();
            inside.leave();
            lock.unlock();
          }
        });
  }

  @CheckId(value = "X3", points = 2)
  @Explore
  void who_holds_it_may_unlock_it_whatever_others_do(Scenario s) {
    SpinLock lock = new SpinLock();
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            lock.lock();
            try {
              lock.unlock();
            } catch (IllegalMonitorStateException e) {
              s.require(false, "unlock() did not know its own holder");
            }
          });
    }
    s.atEnd("the lock is free", lock::tryLock);
  }

  @CheckId(value = "X4", points = 2)
  @Explore
  void an_attempt_fails_only_if_the_lock_is_held(Scenario s) {
    SpinLock lock = new SpinLock();
    // The model is the name of the holder.
    History<String[]> history = s.history(() -> new String[1]);
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            if (history.call("tryLock()", lock::tryLock, model -> take(model, name))) {
              history.call("unlock()", () -> free(lock), model -> free(model));
            }
          });
    }
  }

  /** The holder keeps it until the attempt is over; it may come in the middle of the attempt. */
  @CheckId("X6")
  @Explore
  void an_attempt_that_comes_too_late_does_not_spin(Scenario s) {
    SpinLock lock = new SpinLock();
    Tally over = s.tally("attempts that are over");
    s.thread(
        "H",
        () -> {
          lock.lock();
          s.until("the attempt is over: it must not spin", () -> over.get() == 1);
          lock.unlock();
        });
    s.thread(
        "A",
        () -> {
          boolean got = lock.tryLock();
          over.add(1);
          if (got) {
            lock.unlock();
          }
        });
  }

  private static boolean take(String[] model, String name) {
    boolean free = model[0] == null;
    model[0] = free ? name : model[0];
    return free;
  }

  private static boolean free(SpinLock lock) {
    lock.unlock();
    return true;
  }

  private static boolean free(String[] model) {
    model[0] = null;
    return true;
  }

  /** All come while another thread holds the lock, and have spun for a while when it lets go. */
  @CheckId(value = "S8", points = 2)
  @Test
  void it_serves_as_many_threads_as_come(Crew crew) {
    SpinLock lock = lock(crew);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    int threads = 13 + crew.random().nextInt(28);
    crew.heavy();
    List<Step<Void>> all =
        whileHeld(
            crew,
            lock::lock,
            lock::unlock,
            () -> {
              List<Step<Void>> crowd = crew.atOnce(threads, "lock()", i -> () -> visit(lock, inside, most));
              crew.until(
                  () -> crowd.stream().allMatch(step -> step.isOver() || hasSpun(step.thread())),
                  "threads that wait for the lock should spin");
              return crowd;
            });
    crew.allFinish(all, "everybody who gets the lock unlocks it", () -> requireAlone(most.get()));
  }

  private static void visit(SpinLock lock, AtomicInteger inside, AtomicInteger most) {
    for (int round = 0; round < 2; round++) {
      lock.lock();
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      Thread.yield();
      inside.decrementAndGet();
      lock.unlock();
    }
  }

  private static boolean hasSpun(Thread thread) {
    long cpu = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
    return cpu > SPUN_NANOS || cpu < 0;
  }

  private static void requireAlone(int most) {
    if (most > 1) {
      String sentence = "of many threads several had the lock at the same time";
      throw Failure.of(Kind.SAFETY, sentence, Optional.empty(), List.of("most at once: " + most));
    }
  }

  /** A call of a small program. */
  enum Call {
    LOCK,
    TRY_LOCK,
    UNLOCK,
    INTERRUPT_A,
    INTERRUPT_B
  }

  /** What a thread has locked and not unlocked, it unlocks in the end. */
  @Property(tries = 30)
  @CheckId(value = "P2", points = 2)
  void every_small_program_sees_one_holder(
      @ForAll @Size(min = 1, max = 3) List<Call> a,
      @ForAll @Size(min = 1, max = 3) List<Call> b,
      @ForAll @Size(max = 1) List<Call> c,
      Scenario s) {
    SpinLock lock = new SpinLock();
    History<String[]> history = s.history(() -> new String[1]);
    s.thread("A", () -> perform("A", a, lock, history, s));
    s.thread("B", () -> perform("B", b, lock, history, s));
    s.thread("C", () -> perform("C", c, lock, history, s));
    s.atEnd("the lock is free", lock::tryLock);
  }

  private static void perform(
      String name, List<Call> calls, SpinLock lock, History<String[]> history, Scenario s)
      throws Exception {
    boolean holds = false;
    for (Call call : calls) {
      try {
        switch (call) {
          case LOCK -> holds |= history.call("lock()", () -> lock(lock), m -> lock(m, name));
          case TRY_LOCK -> holds |= history.call("tryLock()", lock::tryLock, m -> take(m, name));
          case UNLOCK ->
              holds &= !history.call("unlock()", () -> free(lock), m -> unlock(m, name));
          case INTERRUPT_A -> s.interrupt("A");
          case INTERRUPT_B -> s.interrupt("B");
          default -> throw new AssertionError(call);
        }
      } catch (IllegalMonitorStateException e) {
        // Whether it may end so is for the history to say.
      }
    }
    if (holds) {
      history.call("unlock()", () -> free(lock), m -> unlock(m, name));
    }
  }

  private static boolean lock(SpinLock lock) {
    lock.lock();
    return true;
  }

  private static boolean lock(String[] model, String name) {
    if (name.equals(model[0])) {
      throw new IllegalMonitorStateException();
    }
    if (!take(model, name)) {
      throw History.mustWait();
    }
    return true;
  }

  private static boolean unlock(String[] model, String name) {
    if (!name.equals(model[0])) {
      throw new IllegalMonitorStateException();
    }
    return free(model);
  }

  @CheckId(value = "X5", points = 2)
  @Explore
  void a_failed_attempt_leaves_nothing_behind(Scenario s) {
    SpinLock lock = new SpinLock();
    Section inside = s.section("what the lock protects");
    s.thread(
        "A",
        () -> {
          use(lock, inside);
          use(lock, inside);
        });
    s.thread(
        "B",
        () -> {
          if (lock.tryLock()) {
            lock.unlock();
          }
        });
  }

  private static void use(SpinLock lock, Section inside) {
    lock.lock();
    inside.enter();
    inside.leave();
    lock.unlock();
  }

  private static SpinLock lock(Crew crew) {
    return crew.make("new SpinLock()", SpinLock::new);
  }

  /** Something to find out, on the test's thread. */
  private interface Question<T> {
    T answer() throws Exception;
  }

  /** Asks a question while a thread holds the lock, and has it unlocked in any case. */
  private static <T> T whileHeld(Crew crew, Action lock, Action unlock, Question<T> question) {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Step<Void> holder =
        crew.does(
            "lock()",
            () -> {
              lock.run();
              held.countDown();
              end.await();
              unlock.run();
            });
    try {
      String should = "lock() should return because " + FREE + ", but it does not";
      crew.until(() -> held.getCount() == 0 || holder.isOver(), should);
      if (holder.isOver()) {
        holder.finishes(FREE);
      }
      T answer = question.answer();
      end.countDown();
      holder.awaitEnd("the other thread unlocks it");
      return answer;
    } catch (Failure e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      end.countDown();
    }
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw Failure.of(Kind.CONTRACT, sentence);
    }
  }
}
