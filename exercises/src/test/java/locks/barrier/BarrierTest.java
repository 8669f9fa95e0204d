package locks.barrier;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Failure;
import threadmill.harness.Meeting;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.harness.Students;
import threadmill.model.Kind;

/** What a barrier and a latch promise, on real threads. */
@Contract
final class BarrierTest {
  private static final int WAKE_UPS = 3;
  private static final String ONE_MISSING = "1 of 3 threads has not come";
  private static final String BROKEN = "the round it waits in was broken";
  private static final String NOT_COUNTED = "1 of 2 counts is missing";

  @Test
  @CheckId("B0")
  void they_are_built_from_simpler_things(Crew crew) {
    barrier(crew, 1);
    latch(crew, 1);
    Structure.of(Barrier.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks")
        .asksToBuild(
            CyclicBarrier.class,
            Phaser.class,
            CountDownLatch.class,
            Exchanger.class,
            FutureTask.class,
            CompletableFuture.class,
            ForkJoinPool.class)
        .holds();
  }

  @Test
  @CheckId(value = "B1", points = 2)
  void all_leave_when_the_last_has_come_and_nobody_before(Crew crew) {
    Barrier barrier = barrier(crew, 3);
    Step<Integer> first = await(crew, barrier).blocks("2 of 3 threads have not come");
    Step<Integer> second = await(crew, barrier).blocks(ONE_MISSING);
    returns(await(crew, barrier), 2, "2 threads came before it");
    returns(first, 0, "no thread came before it");
    returns(second, 1, "1 thread came before it");
    returns(await(crew, barrier(crew, 1)), 0, "it is the only one to come");
    for (int none : List.of(0, -1)) {
      crew.asks("new Barrier(" + none + ", action)", () -> new Barrier(none, () -> {}))
          .fails(IllegalArgumentException.class, "at a barrier at least one thread meets");
    }
  }

  @Test
  @CheckId(value = "B2", points = 2)
  void the_action_is_over_before_anybody_leaves(Crew crew) {
    Meeting door = crew.meeting(2);
    AtomicInteger runs = new AtomicInteger();
    AtomicReference<Thread> runner = new AtomicReference<>();
    Barrier barrier =
        crew.make(
            "new Barrier(3, action)",
            () ->
                new Barrier(
                    3,
                    () -> {
                      runs.incrementAndGet();
                      runner.set(Thread.currentThread());
                      door.attend();
                    }));
    List<Step<Integer>> first = List.of(await(crew, barrier), await(crew, barrier));
    first.forEach(step -> step.blocks(ONE_MISSING));
    Step<Integer> last = await(crew, barrier);
    crew.until(() -> door.arrived() > 0, "3 threads have come and none of them runs the action");
    first.forEach(step -> step.blocks("the action of its round still runs"));
    door.dismiss();
    returns(last, 2, "the action is over");
    crew.allFinish(first, "the action is over");
    if (runs.get() != 1) {
      String sentence = "in one round of 3 threads the action did not run once";
      throw crew.failureAt("await()", Kind.CONTRACT, sentence, "ran: " + runs + " times");
    }
    if (runner.get() != last.thread()) {
      String sentence = "the action ran on another thread than the one that came last";
      throw crew.failureAt("await()", Kind.CONTRACT, sentence);
    }
  }

  @Test
  @CheckId(value = "B3", points = 2)
  void the_next_round_begins_with_nobody(Crew crew) {
    Barrier barrier = barrier(crew, 2);
    for (int round = 0; round < 3; round++) {
      Step<Integer> first = await(crew, barrier).blocks("1 of 2 threads has not come in this round");
      returns(await(crew, barrier), 1, "1 thread came before it in this round");
      returns(first, 0, "no thread came before it in this round");
    }
  }

  @Test
  @CheckId(value = "B4", points = 2)
  void a_spurious_wake_up_lets_nobody_leave(Crew crew) {
    Barrier barrier = barrier(crew, 2);
    Step<Integer> waiting = await(crew, barrier).blocks("1 of 2 threads has not come");
    for (int i = 0; i < WAKE_UPS; i++) {
      waiting.survivesSpuriousWakeUp("1 of 2 threads has not come");
    }
    returns(await(crew, barrier), 1, "1 thread came before it");
    returns(waiting, 0, "both threads have come");
  }

  @Test
  @CheckId(value = "B5", points = 2)
  void an_interrupt_breaks_the_barrier_for_all(Crew crew) {
    Barrier barrier = barrier(crew, 3);
    Step<Integer> interrupted = await(crew, barrier).blocks("2 of 3 threads have not come");
    Step<Integer> other = await(crew, barrier).blocks(ONE_MISSING);
    interrupted
        .interrupt()
        .fails(InterruptedException.class, "its thread was interrupted while it waited");
    other.fails(BrokenException.class, BROKEN);
    await(crew, barrier).fails(BrokenException.class, "the barrier is broken until reset()");
  }

  @Test
  @CheckId(value = "B6", points = 2)
  void a_reset_breaks_the_round_and_begins_anew(Crew crew) {
    Barrier barrier = barrier(crew, 2);
    crew.done("reset()", barrier::reset);
    Step<Integer> sentHome = await(crew, barrier).blocks("1 of 2 threads has not come");
    crew.done("reset()", barrier::reset);
    sentHome.fails(BrokenException.class, "the barrier was reset while it waited");
    meetsAgain(crew, barrier, "the barrier was reset");

    Step<Integer> interrupted = await(crew, barrier).blocks("1 of 2 threads has not come");
    interrupted.interrupt().fails(InterruptedException.class, "its thread was interrupted");
    crew.done("reset()", barrier::reset);
    meetsAgain(crew, barrier, "the broken barrier was reset");

    crew.asks("await()", () -> interrupted(barrier))
        .fails(InterruptedException.class, "its thread was interrupted before it came");
    await(crew, barrier).fails(BrokenException.class, "the barrier is broken until reset()");
    crew.done("reset()", barrier::reset);
    crew.done("reset()", barrier::reset);
    meetsAgain(crew, barrier, "the barrier, which was broken when nobody waited, was reset");
  }

  private static int interrupted(Barrier barrier) throws Exception {
    Thread.currentThread().interrupt();
    return barrier.await();
  }

  @Test
  @CheckId(value = "B7", points = 2)
  void an_action_that_throws_breaks_the_barrier(Crew crew) {
    breaks(
        crew,
        ArithmeticException.class,
        () -> {
          throw new ArithmeticException("the action failed");
        });
    breaks(
        crew,
        LinkageError.class,
        () -> {
          throw new LinkageError("the action failed");
        });
  }

  private static void breaks(Crew crew, Class<? extends Throwable> type, Runnable failing) {
    AtomicInteger runs = new AtomicInteger();
    Barrier barrier =
        crew.make(
            "new Barrier(2, action)",
            () ->
                new Barrier(
                    2,
                    () -> {
                      if (runs.incrementAndGet() == 1) {
                        failing.run();
                      }
                    }));
    Step<Integer> first = await(crew, barrier).blocks("1 of 2 threads has not come");
    await(crew, barrier).fails(type, "it ran the action, which threw that");
    first.fails(BrokenException.class, "the action of its round has failed");
    await(crew, barrier).fails(BrokenException.class, "the barrier is broken until reset()");
    crew.done("reset()", barrier::reset);
    meetsAgain(crew, barrier, "the broken barrier was reset");
  }

  @Test
  @CheckId(value = "L1", points = 2)
  void a_latch_opens_with_the_last_count_and_stays_open(Crew crew) {
    Latch latch = latch(crew, 2);
    Step<Void> first = await(crew, latch).blocks("2 of 2 counts are missing");
    crew.done("countDown()", latch::countDown);
    Step<Void> second = await(crew, latch).blocks(NOT_COUNTED);
    first.blocks(NOT_COUNTED);
    crew.done("countDown()", latch::countDown);
    crew.allFinish(List.of(first, second), "both counts are in");
    crew.done("countDown()", latch::countDown);
    await(crew, latch).finishes("an open latch stays open, however often it counts");
    await(crew, latch(crew, 0)).finishes("a latch of 0 counts is open from the first");
    crew.asks("new Latch(-1)", () -> new Latch(-1))
        .fails(IllegalArgumentException.class, "there are no -1 counts");
  }

  @Test
  @CheckId(value = "L2", points = 2)
  void an_interrupt_at_a_latch_concerns_nobody_else(Crew crew) {
    Latch latch = latch(crew, 1);
    Step<Void> interrupted = await(crew, latch).blocks("the count is missing");
    Step<Void> other = await(crew, latch).blocks("the count is missing");
    interrupted.interrupt().fails(InterruptedException.class, "its thread was interrupted");
    other.blocks("another thread was interrupted and the count is missing");
    crew.done("countDown()", latch::countDown);
    other.finishes("the count is in");
  }

  @Test
  @CheckId("L3")
  void a_spurious_wake_up_opens_no_latch(Crew crew) {
    Latch latch = latch(crew, 1);
    Step<Void> waiting = await(crew, latch).blocks("the count is missing");
    for (int i = 0; i < WAKE_UPS; i++) {
      waiting.survivesSpuriousWakeUp("the count is missing");
    }
    crew.done("countDown()", latch::countDown);
    waiting.finishes("the count is in");
  }

  @Test
  @CheckId(value = "B8", points = 2)
  void however_many_meet_all_leave_or_all_are_sent_home(Crew crew) {
    for (int threads : crew.sizes(2, 40)) {
      Barrier barrier = barrier(crew, threads);
      for (int round = 0; round < 2; round++) {
        List<Step<Integer>> waiting = allButOne(crew, barrier, threads);
        returns(await(crew, barrier), threads - 1, threads - 1 + " threads came before it");
        for (int i = 0; i < waiting.size(); i++) {
          returns(waiting.get(i), i, i + " threads came before it");
        }
      }
      List<Step<Integer>> sentHome = allButOne(crew, barrier, threads);
      sentHome
          .remove(crew.random().nextInt(sentHome.size()))
          .interrupt()
          .fails(InterruptedException.class, "its thread was interrupted while it waited");
      sentHome.forEach(step -> step.fails(BrokenException.class, BROKEN));
      crew.done("reset()", barrier::reset);
      List<Step<Integer>> again = allButOne(crew, barrier, threads);
      again.add(await(crew, barrier));
      crew.allFinish(again, "the broken barrier was reset and all have come since");
    }
  }

  @Test
  @CheckId(value = "B9", points = 2)
  void whatever_breaks_a_round_all_who_wait_in_it_are_sent_home(Crew crew) {
    for (int threads : crew.sizes(3, 24)) {
      Barrier barrier = barrier(crew, threads);
      List<Step<Integer>> waiting = allButOne(crew, barrier, threads);
      crew.done("reset()", barrier::reset);
      waiting.forEach(
          step -> step.fails(BrokenException.class, "the barrier was reset while it waited"));

      Barrier failing =
          crew.make(
              "new Barrier(" + threads + ", action)",
              () ->
                  new Barrier(
                      threads,
                      () -> {
                        throw new ArithmeticException("the action failed");
                      }));
      List<Step<Integer>> first = allButOne(crew, failing, threads);
      await(crew, failing).fails(ArithmeticException.class, "it ran the action, which threw that");
      first.forEach(
          step -> step.fails(BrokenException.class, "the action of its round has failed"));
    }
  }

  /** One after the other, so that it is known how many came before each. */
  private static List<Step<Integer>> allButOne(Crew crew, Barrier barrier, int threads) {
    List<Step<Integer>> waiting = new ArrayList<>();
    for (int i = 0; i < threads - 1; i++) {
      waiting.add(await(crew, barrier));
      crew.untilWaiting(waiting.get(i), "not all have come");
    }
    return waiting;
  }

  @Test
  @CheckId(value = "L4", points = 2)
  void however_many_count_or_wait_the_last_count_opens_the_latch(Crew crew) {
    for (int size : crew.sizes(2, 40)) {
      Latch latch = latch(crew, size);
      List<Step<Void>> waiting = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        waiting.add(await(crew, latch));
      }
      for (int i = 1; i < size; i++) {
        crew.done("countDown()", latch::countDown);
      }
      crew.untilAllWait(waiting, "the last count is missing");
      crew.done("countDown()", latch::countDown);
      crew.allFinish(waiting, "all counts are in");
    }
  }

  @Property(tries = 12, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  @CheckId(value = "P1", points = 2)
  void round_after_round_nobody_is_ahead_of_the_others(
      @ForAll @IntRange(min = 1, max = 5) int parties,
      @ForAll @IntRange(min = 1, max = 50) int rounds,
      Crew crew) {
    new Laps(parties, rounds).run(crew.heavy().noisy());
  }

  private static Barrier barrier(Crew crew, int parties) {
    return crew.make("new Barrier(" + parties + ", action)", () -> new Barrier(parties, () -> {}));
  }

  private static Latch latch(Crew crew, int count) {
    return crew.make("new Latch(" + count + ")", () -> new Latch(count));
  }

  private static Step<Integer> await(Crew crew, Barrier barrier) {
    return crew.asks("await()", barrier::await);
  }

  private static Step<Void> await(Crew crew, Latch latch) {
    return crew.does("await()", latch::await);
  }

  private static void meetsAgain(Crew crew, Barrier barrier, String because) {
    List<Step<Integer>> both = new ArrayList<>();
    both.add(await(crew, barrier).blocks("1 of 2 threads has not come after " + because));
    both.add(await(crew, barrier));
    crew.allFinish(both, because + " and 2 threads have come since");
  }

  private static void returns(Step<Integer> step, int wanted, String because) {
    int got = step.finishes(because);
    if (got != wanted) {
      String sentence = " returned " + got + "; it should have returned " + wanted + " because ";
      throw Failure.of(
          Kind.CONTRACT,
          step.call() + sentence + because,
          Students.lineOf(step.call()),
          List.of());
    }
  }
}
