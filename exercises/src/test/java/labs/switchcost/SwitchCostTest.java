package labs.switchcost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import threadmill.JavaCommand;
import threadmill.ManualClock;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Door;
import threadmill.harness.Failure;
import threadmill.harness.Guard;
import threadmill.harness.Meeting;
import threadmill.harness.Processes;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.harness.Students;
import threadmill.model.Kind;

/** What is asked of who measures what a switch costs. */
@Contract
class SwitchCostTest {
  private static final String NOBODY_HAS_IT =
      "nobody has the ball, and the other side should sleep, but it runs";
  private static final String PER_SWITCH = "perSwitchNanos(game, warmup, rounds, clock)";
  private static final String THREADS = "threads(ping, pong)";
  private static final String PROCESSES = "processes(command)";
  private static final String ROUND = "roundTrip()";

  @AfterEach
  void endWhatIsLeft() {
    Processes.endAll();
  }

  /** A game whose times are known; who measures it does not end it. */
  private abstract static class Planted implements PingPong {
    @Override
    public void close() {
      throw new IllegalStateException("whoever began the game ends it");
    }
  }

  @CheckId(value = "M1", points = 3)
  @Property(tries = 25)
  void a_planted_cost_is_found_whatever_the_work_and_the_noise(
      @ForAll @IntRange(min = 1, max = 50) int micros,
      @ForAll @IntRange(max = 300) int work,
      @ForAll @IntRange(min = 45, max = 120) int warmup,
      Crew crew) {
    ManualClock clock = new ManualClock();
    int[] runs = new int[2];
    PingPong game =
        new Planted() {
          @Override
          public void roundTrip() {
            boolean disturbed = List.of(0, 7, 20, 33).contains(runs[0] - warmup);
            pass(runs[0]++, 2 * micros + 2 * work, disturbed ? 5_000 : 0);
          }

          @Override
          public void work() {
            pass(runs[1]++, 2 * work, 0);
          }

          /** Cold runs take twenty times as long, and of the round trips four are disturbed. */
          private void pass(int run, int time, int disturbed) {
            int slow = run < warmup ? 20 : 1;
            clock.advance(Duration.ofNanos(1_000L * (time * slow + disturbed)));
          }
        };

    double found = crew.answer(PER_SWITCH, () -> SwitchCost.perSwitchNanos(game, warmup, 41, clock));

    if (runs[0] != warmup + 41 || runs[1] != warmup + 41) {
      throw wrong(
          PER_SWITCH,
          "%d runs to warm up and 41 rounds are %d round trips and as many runs of work(), not %d and %d"
              .formatted(warmup, warmup + 41, runs[0], runs[1]));
    }
    if (!(Math.abs(found - micros * 1_000) <= 0.03 * micros * 1_000)) {
      throw wrong(
          PER_SWITCH,
          "%d ns for a hand-off and %d ns of work on each side were planted; found were %.0f ns"
              .formatted(micros * 1_000, work * 1_000, found));
    }
  }

  @CheckId(value = "M3", points = 2)
  @Property(tries = 40)
  void the_medians_are_taken_first_and_then_their_difference(
      @ForAll @Size(7) List<@IntRange(min = 1, max = 90) Integer> roundTrips,
      @ForAll @Size(7) List<@IntRange(max = 90) Integer> works,
      Crew crew) {
    ManualClock clock = new ManualClock();
    int[] runs = new int[2];
    PingPong game =
        new Planted() {
          @Override
          public void roundTrip() {
            clock.advance(Duration.ofNanos(1_000L * roundTrips.get(runs[0]++ % 7)));
          }

          @Override
          public void work() {
            clock.advance(Duration.ofNanos(1_000L * works.get(runs[1]++ % 7)));
          }
        };

    double found = crew.answer(PER_SWITCH, () -> SwitchCost.perSwitchNanos(game, 0, 7, clock));

    double wanted = 1_000.0 * (median(roundTrips) - median(works)) / 2;
    if (!(Math.abs(found - wanted) < 1)) {
      throw wrong(
          PER_SWITCH,
          "round trips of %s µs and work of %s µs make %.0f ns for a switch, not %.0f"
              .formatted(roundTrips, works, wanted, found));
    }
  }

  private static int median(List<Integer> seven) {
    return seven.stream().sorted().skip(3).findFirst().orElseThrow();
  }

  @CheckId("M2")
  @Test
  void one_round_without_any_warm_up_is_enough(Crew crew) {
    ManualClock clock = new ManualClock();
    PingPong game =
        new Planted() {
          @Override
          public void roundTrip() {
            clock.advance(Duration.ofNanos(10_000));
          }

          @Override
          public void work() {
            clock.advance(Duration.ofNanos(4_000));
          }
        };

    double found = crew.answer(PER_SWITCH, () -> SwitchCost.perSwitchNanos(game, 0, 1, clock));

    if (!(Math.abs(found - 3_000) < 1)) {
      throw wrong(
          PER_SWITCH,
          "a round trip of 10000 ns with 4000 ns of work is two hand-offs of 3000 ns, not of %.0f ns"
              .formatted(found));
    }
  }

  // Threads

  @CheckId(value = "T1", points = 2)
  @Test
  void two_threads_strictly_take_turns(Crew crew) {
    List<String> trace = Collections.synchronizedList(new ArrayList<>());
    Set<Thread> pingers = ConcurrentHashMap.newKeySet();
    Set<Thread> pongers = ConcurrentHashMap.newKeySet();
    PingPong game =
        threads(crew, () -> note("ping", trace, pingers), () -> note("pong", trace, pongers));

    Step<Thread> rounds =
        crew.asks(
            ROUND,
            () -> {
              for (int i = 0; i < 200; i++) {
                game.roundTrip();
                trace.add("back");
              }
              return Thread.currentThread();
            });
    Thread caller = rounds.finishes("the other side plays on");

    List<String> turn = List.of("ping", "pong", "back");
    for (int i = 0; i < 600; i++) {
      if (trace.size() != 600 || !trace.get(i).equals(turn.get(i % 3))) {
        String went = "it went " + trace.subList(0, Math.min(6, trace.size()));
        throw wrong(ROUND, "it should go ping, pong, back, again and again; it did not", went);
      }
    }
    mustBe(ROUND, pingers.size() == 1 && pongers.size() == 1, "each side should be one thread");
    mustBe(ROUND, !pingers.equals(pongers), "both sides were the same thread: nothing was switched");
    mustBe(ROUND, pingers.contains(caller), "the ping should run on the caller's thread");
    crew.done("work()", game::work);
    mustBe("work()", trace.size() == 602, "work() should run ping and pong once");
    mustBe("work()", pongers.size() == 2, "work() should run both on the caller's thread");
    crew.does("close()", game::close).finishes("the other side can go home");
    crew.leavesNothing("close()");
  }

  @CheckId(value = "T2", points = 2)
  @Test
  void who_waits_for_the_ball_sleeps(Crew crew) {
    Meeting gate = crew.meeting(2);
    PingPong game = threads(crew, () -> {}, gate::attend);
    crew.until(() -> allWait(crew), NOBODY_HAS_IT);
    Step<Void> round = crew.does(ROUND, game::roundTrip);
    crew.until(() -> gate.arrived() == 1 || round.isOver(), "the other side should get the ball");
    round.blocks("the other side has the ball");
    gate.dismiss();
    round.finishes("the ball is back");
    crew.does("close()", game::close).finishes("the other side can go home");
  }

  private static boolean allWait(Crew crew) {
    return crew.theirThreads().stream()
        .allMatch(thread -> thread.getState() == Thread.State.WAITING);
  }

  @CheckId(value = "T3", points = 2)
  @Test
  void a_wait_that_ends_without_reason_is_no_ball(Crew crew) {
    Meeting gate = crew.meeting(2);
    PingPong game = threads(crew, () -> {}, gate::attend);
    crew.until(() -> allWait(crew), NOBODY_HAS_IT);
    crew.theirThreads().forEach(thread -> Guard.of(crew, thread).wakeForNoReason());
    crew.until(() -> allWait(crew), NOBODY_HAS_IT);
    mustBe(ROUND, gate.arrived() == 0, "the other side was woken for no reason and played");
    Step<Void> round = crew.does(ROUND, game::roundTrip);
    crew.until(() -> gate.arrived() == 1 || round.isOver(), "the other side should get the ball");
    round.blocks("the other side has the ball");
    round.survivesSpuriousWakeUp("the other side has the ball");
    gate.dismiss();
    round.finishes("the ball is back");
    crew.does("close()", game::close).finishes("the other side can go home");
  }

  @CheckId(value = "T4", points = 2)
  @Test
  void the_other_side_has_gone_home_when_close_returns(Crew crew) {
    List<Integer> left = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 20; i++) {
      PingPong game = threads(crew, () -> {}, () -> {});
      crew.does(ROUND, game::roundTrip).finishes("the other side plays");
      crew.does(
              "close()",
              () -> {
                game.close();
                left.add(crew.theirThreads().size());
              })
          .finishes("the other side can go home");
    }
    if (Collections.max(left) > 0) {
      throw Failure.of(
          Kind.LEAK,
          "close() had returned, and the thread of the other side was still there",
          Students.lineOf("close()"),
          List.of("threads left when close() returned, in 20 games: " + left));
    }
  }

  /** The ball of one game is in the air while the other one is played. */
  @CheckId(value = "T5", points = 2)
  @Test
  void two_games_know_nothing_of_each_other(Crew crew) {
    Meeting gate = crew.meeting(2);
    List<String> trace = Collections.synchronizedList(new ArrayList<>());
    PingPong slow = threads(crew, () -> {}, gate::attend);
    PingPong quick = threads(crew, () -> trace.add("ping"), () -> trace.add("pong"));
    Step<Void> round = crew.does(ROUND, slow::roundTrip);
    crew.until(() -> gate.arrived() == 1 || round.isOver(), "the other side should get the ball");

    crew.does(ROUND, quick::roundTrip).finishes("only in another game is the ball in the air");
    mustBe(
        ROUND,
        trace.equals(List.of("ping", "pong")),
        "a round trip of one game should run its own ping and pong, beside another game",
        "it ran " + trace);
    crew.does("close()", quick::close).finishes("the other side of this game can go home");
    round.blocks("the other side has the ball");
    gate.dismiss();
    round.finishes("the ball is back");
    crew.does("close()", slow::close).finishes("the other side can go home");
    crew.leavesNothing("close()");
  }

  // Processes

  @CheckId(value = "P1", points = 2)
  @Test
  void another_process_gets_one_byte_and_answers_with_one(Crew crew, @TempDir Path dir)
      throws IOException {
    Path note = dir.resolve("count");
    List<String> command = JavaCommand.of(Echo.class, note.toString());
    crew.childrenWaitForNoClock();

    PingPong game = crew.answer(PROCESSES, () -> SwitchCost.processes(command));

    mustBe(
        PROCESSES,
        Processes.alive().size() == 1,
        "one process should run when processes(command) has returned, before any round trip",
        "running: " + Processes.alive().size());
    crew.does(
            ROUND,
            () -> {
              for (int i = 0; i < 25; i++) {
                game.roundTrip();
              }
            })
        .finishes("the other process answers each byte at once");
    crew.done("work()", game::work);
    crew.does("close()", game::close).finishes("the other process ends with its input");
    crew.leavesNothing("close()");
    String count = Files.exists(note) ? Files.readString(note) : "no";
    mustBe(ROUND, count.equals("25"), "25 round trips should send 25 bytes", "sent: " + count);
  }

  @CheckId(value = "P4", points = 2)
  @Test
  void the_ball_is_back_when_the_other_process_has_answered(Crew crew) {
    try (Door answer = Door.shut();
        Door end = Door.shut()) {
      List<String> command = JavaCommand.of(Ponderer.class, answer.address(), end.address());
      crew.childrenWaitForNoClock();
      PingPong game = crew.answer(PROCESSES, () -> SwitchCost.processes(command));
      Step<Void> round = crew.does(ROUND, game::roundTrip);
      crew.until(() -> answer.callers().size() == 1, "the other process should get a byte");
      crew.untilWaitingOrOver(round);
      mustBe(ROUND, !round.isOver(), "the round trip was over before the other process had answered");
      answer.letIn();
      round.finishes("the other process has answered with one byte, and says no more");

      Step<Void> closing = crew.does("close()", game::close);
      crew.until(
          () -> end.callers().size() == 1 || closing.isOver(),
          "the other process should see the end of its input, but it does not");
      crew.untilWaitingOrOver(closing);
      mustBe(
          "close()",
          !closing.isOver() || Processes.alive().isEmpty(),
          "close() had returned, and the other process was still running");
      end.letIn();
      closing.finishes("the other process has ended");
      crew.leavesNothing("close()");
    }
  }

  @CheckId(value = "P3", points = 2)
  @Test
  void what_the_other_process_complains_of_holds_nobody_up(Crew crew, @TempDir Path dir) {
    List<String> command = JavaCommand.of(Echo.class, dir.resolve("count").toString(), "complains");
    crew.childrenWaitForNoClock();
    PingPong game = crew.answer(PROCESSES, () -> SwitchCost.processes(command));
    crew.does(ROUND, game::roundTrip).finishes("the other process answers when it has complained");
    crew.does("close()", game::close).finishes("the other process ends with its input");
    crew.leavesNothing("close()");
  }

  @CheckId("P2")
  @Test
  void games_leave_no_thread_and_no_descriptor(Crew crew) {
    play(crew);
    int descriptors = Processes.openDescriptors();
    for (int i = 0; i < 3; i++) {
      play(crew);
    }
    crew.leavesNothing("close()");
    int more = Processes.openDescriptors() - descriptors;
    if (more > 2) {
      throw Failure.of(
          Kind.LEAK,
          "three games were begun and closed, and descriptors are left",
          Students.lineOf("close()"),
          List.of("left: " + more));
    }
  }

  private static void play(Crew crew) {
    crew.childrenWaitForNoClock();
    PingPong game = crew.answer(PROCESSES, () -> SwitchCost.processes(List.of("cat")));
    crew.does(ROUND, game::roundTrip).finishes("cat answers at once");
    crew.does("close()", game::close).finishes("cat ends with its input");
  }

  @CheckId("S1")
  @Test
  void nobody_spins_or_sleeps_by_the_clock(Crew crew) {
    threads(crew, () -> {}, () -> {}).close();

    Structure.of(SwitchCost.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks")
        .mustNotCall("java.lang.System.nanoTime", "java.lang.System.currentTimeMillis")
        .holds();
  }

  private static PingPong threads(Crew crew, Runnable ping, Runnable pong) {
    return crew.make(THREADS, () -> SwitchCost.threads(ping, pong));
  }

  private static void note(String side, List<String> trace, Set<Thread> threads) {
    trace.add(side);
    threads.add(Thread.currentThread());
  }

  private static void mustBe(
      String call, boolean condition, String otherwise, String... measured) {
    if (!condition) {
      throw wrong(call, otherwise, measured);
    }
  }

  private static Failure wrong(String call, String sentence, String... measured) {
    return Failure.of(Kind.CONTRACT, sentence, Students.lineOf(call), List.of(measured));
  }
}
