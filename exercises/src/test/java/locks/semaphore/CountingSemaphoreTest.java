package locks.semaphore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import threadmill.harness.Action;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Failure;
import threadmill.harness.Guard;
import threadmill.harness.Halt;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.model.Kind;

/** What a counting semaphore promises. */
@Contract
class CountingSemaphoreTest {
  private static final String NO_PERMIT = "no permit is free";
  private static final String RELEASED = "a permit was released";

  @CheckId("S0")
  @Test
  void it_is_built_from_simpler_things(Crew crew) {
    semaphore(crew, 1);
    Structure.of(CountingSemaphore.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks")
        .asksToBuildSynchronizers()
        .holds();
  }

  @CheckId(value = "S1", points = 2)
  @Test
  void as_many_acquire_as_there_are_permits_and_the_next_one_waits(Crew crew) {
    CountingSemaphore semaphore = semaphore(crew, 2);
    crew.done("acquire()", semaphore::acquire);
    crew.done("acquire()", semaphore::acquire);
    crew.does("acquire()", semaphore::acquire).blocks(NO_PERMIT);
  }

  @CheckId(value = "S2", points = 2)
  @Test
  void a_release_lets_a_waiting_thread_through(Crew crew) {
    CountingSemaphore semaphore = semaphore(crew, 0);
    Step<Void> waiting = crew.does("acquire()", semaphore::acquire).blocks(NO_PERMIT);
    crew.does("release()", semaphore::release).finishes("it never waits");
    waiting.finishes(RELEASED);
    expect(crew, semaphore, 0, "the released permit was taken");
  }

  @CheckId("S3")
  @Test
  void releases_add_up_even_beyond_the_initial_permits(Crew crew) {
    CountingSemaphore semaphore = semaphore(crew, 1);
    for (int i = 0; i < 3; i++) {
      crew.done("release()", semaphore::release);
    }
    expect(crew, semaphore, 4, "there was 1 and 3 were released");
    for (int i = 0; i < 4; i++) {
      crew.does("acquire()", semaphore::acquire).finishes("4 permits were there to take");
    }
  }

  @CheckId("S4")
  @Test
  void trying_never_waits(Crew crew) {
    CountingSemaphore semaphore = semaphore(crew, 1);
    Step<Boolean> first = crew.asks("tryAcquire()", semaphore::tryAcquire);
    require(first.finishes("it never waits"), "tryAcquire() returned false although a permit is free");
    Step<Boolean> second = crew.asks("tryAcquire()", semaphore::tryAcquire);
    require(!second.finishes("it never waits"), "tryAcquire() returned true although " + NO_PERMIT);
    for (long millis : List.of(0L, -1L, -86_400_000L, Long.MIN_VALUE)) {
      String call = "tryAcquire(" + millis + ")";
      CountingSemaphore one = semaphore(crew, 1);
      Step<Boolean> third = crew.asks(call, () -> one.tryAcquire(millis));
      require(third.finishes("it need not wait"), call + " returned false although a permit is free");
      Step<Boolean> fourth = crew.asks(call, () -> one.tryAcquire(millis));
      boolean got = fourth.finishes("it has no time to wait");
      require(!got, call + " returned true although " + NO_PERMIT);
    }
  }

  @CheckId(value = "S5", points = 2)
  @Test
  void the_timed_attempt_counts_all_its_waiting_together(Crew crew) {
    crew.untilAnswered("wake a thread every 50 ms", () -> isWokenInTime(crew));
  }

  /** Whether it was woken so often that who starts anew each time would still be there. */
  private boolean isWokenInTime(Crew crew) {
    CountingSemaphore semaphore = semaphore(crew, 0);
    AtomicLong millis = new AtomicLong();
    Step<Boolean> timed =
        crew.asks(
            "tryAcquire(300)",
            () -> {
              long begin = System.nanoTime();
              boolean got = semaphore.tryAcquire(300);
              millis.set((System.nanoTime() - begin) / 1_000_000);
              return got;
            });
    // Woken for no reason every 50 ms: who starts anew each time is still there after 2100 ms.
    long last = System.nanoTime();
    long longest = 0;
    for (int i = 0; i < 42 && !timed.isOver(); i++) {
      crew.pause(50);
      if (!timed.isOver()) {
        Guard.of(crew, timed).wakeForNoReason();
      }
      longest = Math.max(longest, System.nanoTime() - last);
      last = System.nanoTime();
    }
    if (!timed.isOver()) {
      throw crew.failureAt(
          "tryAcquire(300)",
          Kind.CONTRACT,
          "tryAcquire(300) still waits after 2100 ms: it waits another 300 ms whenever it is woken");
    }
    require(!timed.finishes("its time is over"), "tryAcquire(300) returned true although " + NO_PERMIT);
    if (millis.get() < 250) {
      throw crew.failureAt(
          "tryAcquire(300)",
          Kind.CONTRACT,
          "tryAcquire(300) gave up too early: it took a wake-up for the end of its time",
          "gave up after " + millis + " ms");
    }
    return longest < 250_000_000;
  }

  @CheckId("S5b")
  @Test
  void the_timed_attempt_takes_a_permit_that_comes_in_time(Crew crew) {
    CountingSemaphore semaphore = semaphore(crew, 0);
    Step<Boolean> timed =
        crew.asks("tryAcquire(600000)", () -> semaphore.tryAcquire(600_000));
    crew.untilWaiting(timed, NO_PERMIT);
    crew.done("release()", semaphore::release);
    require(timed.finishes(RELEASED), "tryAcquire(600000) returned false although " + RELEASED);
    expect(crew, semaphore, 0, "the released permit was taken");
  }

  @CheckId(value = "S14", points = 2)
  @Test
  void the_timed_attempt_sleeps_and_an_interrupt_ends_it(Crew crew) {
    CountingSemaphore semaphore = semaphore(crew, 0);
    Step<Boolean> timed =
        crew.asks("tryAcquire(600000)", () -> semaphore.tryAcquire(600_000)).blocks(NO_PERMIT);
    timed.interrupt().fails(InterruptedException.class, "its thread was interrupted");
    String before = "its thread was interrupted before it came, and " + NO_PERMIT;
    crew.does("acquire()", () -> interrupted(semaphore::acquire))
        .fails(InterruptedException.class, before);
    crew.does("tryAcquire(600000)", () -> interrupted(() -> semaphore.tryAcquire(600_000)))
        .fails(InterruptedException.class, before);
    crew.done("release()", semaphore::release);
    expect(crew, semaphore, 1, "the interrupted threads took none");
  }

  private static void interrupted(Action call) throws Throwable {
    Thread.currentThread().interrupt();
    call.run();
  }

  @CheckId(value = "S6", points = 2)
  @Test
  void a_spurious_wake_up_lets_nobody_through(Crew crew) {
    CountingSemaphore semaphore = semaphore(crew, 0);
    Step<Void> waiting = crew.does("acquire()", semaphore::acquire).blocks(NO_PERMIT);
    for (int i = 0; i < 3; i++) {
      waiting.survivesSpuriousWakeUp(NO_PERMIT);
    }
    crew.done("release()", semaphore::release);
    waiting.finishes(RELEASED);
  }

  @CheckId(value = "S7", points = 2)
  @Test
  void an_interrupt_ends_the_wait_and_loses_no_permit(Crew crew) {
    CountingSemaphore semaphore = semaphore(crew, 0);
    Step<Void> waiting = crew.does("acquire()", semaphore::acquire).blocks(NO_PERMIT);
    waiting.interrupt().fails(InterruptedException.class, "its thread was interrupted");
    crew.done("release()", semaphore::release);
    expect(crew, semaphore, 1, "the interrupted thread took none");
    crew.does("acquire()", semaphore::acquire).finishes(RELEASED + " and nobody else waits");
    crew.does("acquire()", semaphore::acquire).blocks(NO_PERMIT);
  }

  @CheckId(value = "S8", points = 2)
  @Test
  void every_waiting_thread_sleeps(Crew crew) {
    CountingSemaphore semaphore = semaphore(crew, 0);
    for (int i = 0; i < 3; i++) {
      crew.does("acquire()", semaphore::acquire).blocks(NO_PERMIT);
    }
  }

  @CheckId(value = "S9", points = 2)
  @Test
  void k_releases_at_once_free_k_waiting_threads(Crew crew) {
    CountingSemaphore semaphore = semaphore(crew, 0);
    List<Step<Void>> waiting = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      waiting.add(crew.does("acquire()", semaphore::acquire).blocks(NO_PERMIT));
    }
    List<Step<Void>> releases = new ArrayList<>();
    // The releases queue up behind the lock, so that they come before the first woken thread.
    Guard.of(crew, waiting.get(0))
        .holdWhile(
            () -> {
              for (int i = 0; i < 3; i++) {
                releases.add(crew.does("release()", semaphore::release));
                crew.untilWaitingOrOver(releases.get(i));
              }
            });
    crew.allFinish(releases, "it never waits");
    crew.allFinish(waiting, "as many permits were released as threads wait");
  }

  @CheckId("S10")
  @Test
  void any_thread_may_release(Crew crew) {
    CountingSemaphore semaphore = semaphore(crew, 0);
    crew.does("release()", semaphore::release)
        .finishes("a permit need not have been acquired to be released");
    crew.does("acquire()", semaphore::acquire).finishes(RELEASED);
  }

  @CheckId(value = "S11", points = 2)
  @Test
  void no_permit_is_handed_out_twice(Crew crew) {
    crew.heavy();
    drain(crew.noisy(), 4_000);
    drain(crew.quiet(), 100_000);
  }

  /** Four threads take all permits there are, as fast as they can. */
  private static void drain(Crew crew, int permits) {
    for (int round = 0; round < 3; round++) {
      CountingSemaphore semaphore = semaphore(crew, permits);
      AtomicInteger taken = new AtomicInteger();
      List<Step<Void>> rivals =
          crew.atOnce(
              4,
              "tryAcquire()",
              i ->
                  () -> {
                    int mine = 0;
                    while (mine <= permits && semaphore.tryAcquire()) {
                      mine++;
                    }
                    taken.addAndGet(mine);
                  });
      crew.allFinish(rivals, "the permits come to an end");
      if (taken.get() != permits) {
        throw crew.failureAt(
            "tryAcquire()",
            Kind.SAFETY,
            "4 threads took another number of permits than there were: between reading the number"
                + " and writing it another thread ran",
            "taken: " + taken + " of " + permits);
      }
    }
  }

  /** Some are interrupted while they wait; then permits come one by one, and the rest at once. */
  @CheckId(value = "S12", points = 2)
  @Test
  void however_many_wait_each_release_lets_one_of_them_through(Crew crew) {
    for (int threads : crew.sizes(2, 40)) {
      CountingSemaphore semaphore = semaphore(crew, threads);
      crew.done("acquire()", () -> repeat(threads, semaphore::acquire));
      expect(crew, semaphore, 0, threads + " permits were there and all were acquired");
      List<Step<Void>> waiting = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        waiting.add(crew.does("acquire()", semaphore::acquire));
      }
      crew.untilAllWait(waiting, NO_PERMIT);
      Collections.shuffle(waiting, crew.random());
      List<Step<Void>> interrupted = waiting.subList(0, threads / 3);
      interrupted.forEach(Step::interrupt);
      interrupted.forEach(
          step -> step.fails(InterruptedException.class, "its thread was interrupted"));
      letThrough(crew, semaphore, waiting.subList(threads / 3, threads));
    }
  }

  private static void letThrough(
      Crew crew, CountingSemaphore semaphore, List<Step<Void>> waiting) {
    int half = waiting.size() / 2;
    for (int i = 1; i <= half; i++) {
      crew.done("release()", semaphore::release);
      goOn(crew, waiting, i);
    }
    int others = waiting.size() - half - 1;
    crew.done("release()", () -> repeat(others, semaphore::release));
    goOn(crew, waiting, half + others);
    Step<Void> last = waiting.stream().filter(step -> !step.isOver()).findAny().orElseThrow();
    last.blocks(NO_PERMIT);
    crew.done("release()", semaphore::release);
    goOn(crew, waiting, waiting.size());
    expect(crew, semaphore, 0, "each released permit was acquired");
  }

  /** So many of them, and no more, come to their end. */
  private static void goOn(Crew crew, List<Step<Void>> waiting, int wanted) {
    boolean all =
        crew.comesTrue(() -> waiting.stream().filter(Step::isOver).count() >= wanted);
    waiting.stream().filter(Step::isOver).forEach(step -> step.finishes(RELEASED));
    long got = waiting.stream().filter(Step::isOver).count();
    if (!all || got > wanted) {
      throw crew.failureAt(
          "acquire()",
          all ? Kind.SAFETY : Kind.STUCK,
          waiting.size()
              + " threads waited in acquire() and permits were released, and "
              + (all ? "more threads got one than there were" : "a thread still waits for one"),
          "released: " + wanted + ", acquired: " + got);
    }
  }

  private static void repeat(int times, Action action) throws Throwable {
    for (int i = 0; i < times; i++) {
      action.run();
    }
  }

  @CheckId(value = "S13", points = 2)
  @Test
  void whatever_happens_in_the_middle_of_a_release_everybody_is_woken(Crew crew) {
    boolean more = true;
    for (int point = 1; more && point <= 24; point++) {
      Halt halt = crew.halt(point);
      meanwhile(crew, halt);
      more = halt.isReached();
    }
  }

  /** Two go on while a release is under way; one of them comes to wait again, after a third. */
  private static void meanwhile(Crew crew, Halt halt) {
    CountingSemaphore semaphore = semaphore(crew, 0);
    CountDownLatch again = new CountDownLatch(1);
    List<Step<Void>> all = new ArrayList<>();
    all.add(crew.does("acquire()", () -> repeat(2, semaphore::acquire)));
    crew.untilWaiting(all.get(0), NO_PERMIT);
    all.add(
        crew.does(
            "acquire()",
            () -> {
              semaphore.acquire();
              again.await();
              semaphore.acquire();
            }));
    crew.untilWaiting(all.get(1), NO_PERMIT);
    Step<Void> slow = crew.does("release()", () -> halt.during(semaphore::release));
    halt.untilReachedBy(slow);
    Step<Void> quick = crew.does("release()", () -> repeat(2, semaphore::release));
    List.of(quick, all.get(0), all.get(1)).forEach(halt::untilCannotGoOn);
    all.add(crew.does("acquire()", semaphore::acquire));
    halt.untilCannotGoOn(all.get(2));
    again.countDown();
    halt.untilCannotGoOn(all.get(1));
    halt.end();
    crew.allFinish(List.of(slow, quick), "it never waits");
    crew.done("release()", () -> repeat(2, semaphore::release));
    crew.allFinish(all, "5 permits were released, and 5 are wanted");
    expect(crew, semaphore, 0, "5 permits were released and acquired");
  }

  /** One step of a sequential history. */
  enum Operation {
    RELEASE,
    TRY,
    TIMED_TRY,
    ACQUIRE
  }

  @CheckId("P1")
  @Property(tries = 40)
  void used_by_one_thread_it_is_a_number(
      @ForAll @IntRange(max = 3) int permits,
      @ForAll @Size(max = 12) List<Operation> operations,
      Crew crew) {
    CountingSemaphore semaphore = semaphore(crew, permits);
    int model = permits;
    for (Operation operation : operations) {
      switch (operation) {
        case RELEASE -> {
          crew.done("release()", semaphore::release);
          model++;
        }
        case TRY -> {
          boolean got = crew.answer("tryAcquire()", semaphore::tryAcquire);
          requireSame("tryAcquire()", got, model > 0);
          model -= got ? 1 : 0;
        }
        case TIMED_TRY -> {
          boolean got = crew.answer("tryAcquire(1)", () -> semaphore.tryAcquire(1));
          requireSame("tryAcquire(1)", got, model > 0);
          model -= got ? 1 : 0;
        }
        case ACQUIRE -> {
          if (model > 0) {
            crew.done("acquire()", semaphore::acquire);
            model--;
          }
        }
        default -> throw new IllegalStateException();
      }
      expect(crew, semaphore, model, "these are the permits after " + operations);
    }
  }

  @CheckId(value = "P2", points = 2)
  @Test
  void many_threads_that_use_all_of_it_neither_stop_nor_miscount(Crew crew) {
    crew.heavy().noisy();
    for (int round = 0; round < 3; round++) {
      CountingSemaphore semaphore = semaphore(crew, 10);
      AtomicInteger expected = new AtomicInteger(10);
      Random random = crew.random();
      List<Step<Void>> users =
          crew.atOnce(
              4,
              "release()",
              i -> {
                Random mine = new Random(random.nextLong());
                return () -> expected.addAndGet(useAtRandom(semaphore, mine, 1_000));
              });
      crew.allFinish(users, "nobody holds anything for long");
      int found = crew.answer("available()", semaphore::available);
      if (found != expected.get()) {
        throw crew.failureAt(
            "available()",
            Kind.SAFETY,
            "4 threads gave and took permits, and available() says another number than is left",
            "left: " + expected + ", available() returned " + found);
      }
    }
  }

  /** The number of permits given minus those taken. */
  private static int useAtRandom(CountingSemaphore semaphore, Random random, int times)
      throws InterruptedException {
    int balance = 0;
    for (int i = 0; i < times; i++) {
      switch (random.nextInt(5)) {
        case 0 -> balance -= semaphore.tryAcquire(0) ? 1 : 0;
        case 1 -> balance -= semaphore.tryAcquire() ? 1 : 0;
        case 2 -> semaphore.available();
        default -> {
          semaphore.release();
          balance++;
        }
      }
    }
    return balance;
  }

  private static CountingSemaphore semaphore(Crew crew, int permits) {
    return crew.make("new CountingSemaphore(" + permits + ")", () -> new CountingSemaphore(permits));
  }

  private static void expect(Crew crew, CountingSemaphore semaphore, int permits, String because) {
    int found = crew.answer("available()", semaphore::available);
    if (found != permits) {
      throw crew.failureAt(
          "available()",
          Kind.CONTRACT,
          "available() returned " + found + ", not " + permits + ": " + because);
    }
  }

  private static void requireSame(String call, boolean got, boolean wanted) {
    require(got == wanted, call + " returned " + got + " although " + (wanted ? "a permit is free" : NO_PERMIT));
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw Failure.of(Kind.CONTRACT, sentence);
    }
  }
}
