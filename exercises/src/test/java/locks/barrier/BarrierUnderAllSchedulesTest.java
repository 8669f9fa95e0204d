package locks.barrier;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import threadmill.explore.History;
import threadmill.explore.Scenario;
import threadmill.explore.Tally;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Explore;

/** What a barrier and a latch promise under every schedule. */
@Contract
final class BarrierUnderAllSchedulesTest {
  private static final List<String> NAMES = List.of("A", "B", "C");
  private static final int ALL_INDICES = 0b111;

  @CheckId(value = "X1", points = 2)
  @Explore
  void whoever_leaves_has_met_all_the_others(Scenario s) {
    int[] brought = new int[3];
    Tally come = s.tally("how many have come");
    Tally indices = s.tally("the indices returned, one bit each");
    Barrier barrier = new Barrier(3, () -> {});
    for (int i = 0; i < 3; i++) {
      int me = i;
      s.thread(
          NAMES.get(i),
          () -> {
            brought[me] = 1;
            come.add(1);
            indices.add(1 << barrier.await());
            s.require(come.get() == 3, "await() returned although not all 3 threads had come");
            int seen = brought[0] + brought[1] + brought[2];
            s.require(seen == 3, "what the others wrote before they came must be seen by all");
          });
    }
    s.atEnd(
        "await() returns 0, 1 and 2, each to one of 3 threads",
        () -> indices.get() == ALL_INDICES);
  }

  @CheckId(value = "X2", points = 2)
  @Explore
  void a_thread_that_runs_round_its_loop_is_not_taken_for_a_slow_one(Scenario s) {
    laps(s, 2, 3);
  }

  @CheckId(value = "X3", points = 2)
  @Explore
  void one_of_three_that_runs_ahead_waits_for_the_slow_ones(Scenario s) {
    laps(s, 3, 2);
  }

  private static void laps(Scenario s, int parties, int rounds) {
    Tally come = s.tally("how many have come");
    Tally actions = s.tally("how often the action has run");
    Barrier barrier =
        new Barrier(
            parties,
            () -> {
              boolean complete = come.get() == parties * (actions.get() + 1);
              s.require(complete, "the action ran when not all had come, or some had left already");
              actions.add(1);
            });
    for (int i = 0; i < parties; i++) {
      s.thread(
          NAMES.get(i),
          () -> {
            for (int round = 1; round <= rounds; round++) {
              come.add(1);
              barrier.await();
              s.require(
                  come.get() >= round * parties,
                  "await() returned although not all had come in this round");
              s.require(
                  actions.get() == round,
                  "when a thread leaves a round, the action has run once for it and each before");
            }
          });
    }
  }

  @CheckId(value = "X4", points = 2)
  @Explore
  void the_action_sees_what_was_brought_and_all_see_what_it_made(Scenario s) {
    int[] brought = new int[2];
    int[] made = new int[1];
    Barrier barrier = new Barrier(2, () -> made[0] = brought[0] + brought[1]);
    for (int i = 0; i < 2; i++) {
      int me = i;
      s.thread(
          NAMES.get(i),
          () -> {
            brought[me] = 1;
            barrier.await();
            s.require(made[0] == 2, "await() returned before the action of its round was over");
          });
    }
  }

  /** An interrupt may come before the call, into the wait, or when the other has come already. */
  @CheckId(value = "X5", points = 3)
  @Explore
  void an_interrupted_round_comes_about_for_all_or_for_none(Scenario s) {
    Barrier barrier = new Barrier(2, () -> {});
    Tally sent = s.tally("interrupts sent");
    Tally complete = s.tally("threads whose first round was complete");
    Tally broken = s.tally("threads whose first round was broken");
    s.thread(
        "A",
        () -> {
          if (meet(barrier, complete, broken)) {
            s.until("the interrupt has been sent", () -> sent.get() == 1);
            s.require(
                Thread.interrupted(),
                "await() returned and cleared the interrupt flag, which came too late for it");
            meetAgain(s, barrier);
          }
        });
    s.thread(
        "B",
        () -> {
          if (meet(barrier, complete, broken)) {
            meetAgain(s, barrier);
          }
        });
    s.thread(
        "C",
        () -> {
          s.interrupt("A");
          sent.add(1);
        });
    s.atEnd(
        "the round is complete for both threads or broken for both",
        () -> complete.get() == 2 || broken.get() == 2);
  }

  /** Whether the round came about. */
  private static boolean meet(Barrier barrier, Tally complete, Tally broken) {
    try {
      barrier.await();
      complete.add(1);
      return true;
    } catch (InterruptedException | BrokenException e) {
      broken.add(1);
      return false;
    }
  }

  private static void meetAgain(Scenario s, Barrier barrier) throws InterruptedException {
    try {
      barrier.await();
    } catch (BrokenException e) {
      s.require(false, "an interrupt that came after a round was complete broke the next one");
    }
  }

  /** All have come; the action of the round interrupts both, whoever runs it. */
  @CheckId(value = "X10", points = 2)
  @Explore
  void an_interrupt_while_the_action_runs_is_too_late(Scenario s) {
    Barrier barrier =
        new Barrier(
            2,
            () -> {
              s.interrupt("A");
              s.interrupt("B");
            });
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            try {
              barrier.await();
            } catch (InterruptedException | BrokenException e) {
              s.require(false, "an interrupt broke a round to which all had come");
            }
            s.require(
                Thread.interrupted(),
                "await() returned and cleared the interrupt flag, which came too late for it");
          });
    }
  }

  @CheckId(value = "X6", points = 2)
  @Explore
  void an_interrupt_reaches_everybody_who_waits_in_the_round(Scenario s) {
    Barrier barrier = new Barrier(4, () -> {});
    Tally sentHome = s.tally("threads sent home");
    for (String name : NAMES) {
      s.thread(
          name,
          () -> {
            try {
              barrier.await();
              s.require(false, "await() returned although 1 of 4 threads never comes");
            } catch (InterruptedException | BrokenException e) {
              sentHome.add(1);
            }
          });
    }
    s.thread("D", () -> s.interrupt("A"));
  }

  @CheckId(value = "X7", points = 2)
  @Explore
  void who_was_sent_home_by_a_reset_meets_the_others_in_the_next_round(Scenario s) {
    Barrier barrier = new Barrier(2, () -> {});
    s.thread(
        "A",
        () -> {
          try {
            barrier.await();
            s.require(false, "await() returned although its round was reset before another came");
          } catch (BrokenException e) {
            barrier.await();
          }
        });
    s.thread(
        "B",
        () -> {
          s.untilWaiting("A");
          barrier.reset();
          barrier.await();
        });
  }

  /** It may come before the last one, after it, or in the middle of its call. */
  @CheckId(value = "X11", points = 2)
  @Explore
  void a_reset_breaks_a_round_for_all_or_for_none(Scenario s) {
    Barrier barrier = new Barrier(2, () -> {});
    Tally complete = s.tally("threads whose round was complete");
    Tally broken = s.tally("threads whose round was broken");
    for (String name : List.of("A", "B")) {
      s.thread(name, () -> meet(barrier, complete, broken));
    }
    s.thread("C", barrier::reset);
    s.mayWait("A", "B");
    s.atEnd(
        "the round is complete for both threads or for neither",
        () -> complete.get() == 2 || complete.get() == 0);
  }

  /** Whoever comes while the action still runs comes in the next round. */
  @CheckId(value = "X9", points = 2)
  @Explore
  void four_threads_at_a_barrier_for_two_make_two_rounds(Scenario s) {
    s.noSpuriousWakeUps();
    Tally first = s.tally("threads that were the first of their round");
    Tally last = s.tally("threads that were the last of their round");
    Barrier barrier = new Barrier(2, () -> {});
    for (int i = 0; i < 4; i++) {
      s.thread("thread " + (i + 1), () -> (barrier.await() == 0 ? first : last).add(1));
    }
    s.atEnd(
        "two threads came first and two came last",
        () -> first.get() == 2 && last.get() == 2);
  }

  @CheckId(value = "X8", points = 2)
  @Explore
  void a_latch_lets_everybody_through_when_all_counts_are_in(Scenario s) {
    int[] brought = new int[2];
    Tally counts = s.tally("counts");
    Latch latch = new Latch(2);
    for (int i = 0; i < 2; i++) {
      int me = i;
      s.thread(
          "counting " + NAMES.get(i),
          () -> {
            brought[me] = 1;
            counts.add(1);
            latch.countDown();
          });
      s.thread(
          "waiting " + NAMES.get(i),
          () -> {
            latch.await();
            s.require(counts.get() == 2, "await() returned although a count was missing");
            int seen = brought[0] + brought[1];
            s.require(seen == 2, "what was written before a count must be seen after the latch");
          });
    }
  }

  /** A call of a small program. */
  enum Call {
    COUNT_DOWN,
    AWAIT,
    INTERRUPT_A,
    INTERRUPT_B
  }

  @Property(tries = 20)
  @CheckId(value = "P2", points = 2)
  void every_small_program_sees_a_door_that_opens_once(
      @ForAll @IntRange(max = 2) int count,
      @ForAll @Size(min = 1, max = 2) List<Call> a,
      @ForAll @Size(min = 1, max = 2) List<Call> b,
      @ForAll @Size(max = 2) List<Call> c,
      Scenario s) {
    Latch latch = new Latch(count);
    History<int[]> history = s.history(() -> new int[] {count});
    s.thread("A", () -> perform(a, latch, history, s));
    s.thread("B", () -> perform(b, latch, history, s));
    s.thread("C", () -> perform(c, latch, history, s));
    s.mayWait("A", "B", "C");
  }

  private static void perform(List<Call> calls, Latch latch, History<int[]> history, Scenario s)
      throws Exception {
    for (Call call : calls) {
      switch (call) {
        case COUNT_DOWN ->
            history.call("countDown()", () -> countDown(latch), BarrierUnderAllSchedulesTest::counted);
        case AWAIT -> await(latch, history);
        case INTERRUPT_A -> s.interrupt("A");
        case INTERRUPT_B -> s.interrupt("B");
        default -> throw new AssertionError(call);
      }
    }
  }

  private static void await(Latch latch, History<int[]> history) throws Exception {
    try {
      history.interruptible(
          "await()",
          () -> {
            latch.await();
            return true;
          },
          left -> isOpen(left[0]));
    } catch (InterruptedException e) {
      // Whether it may end so is for the history to say.
    }
  }

  private static boolean counted(int[] left) {
    left[0]--;
    return true;
  }

  private static boolean isOpen(int left) {
    if (left > 0) {
      throw History.mustWait();
    }
    return true;
  }

  private static boolean countDown(Latch latch) {
    latch.countDown();
    return true;
  }
}
