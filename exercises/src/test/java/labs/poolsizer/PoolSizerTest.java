package labs.poolsizer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import labs.poolsizer.PoolSizer.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import threadmill.ManualClock;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Failure;
import threadmill.harness.Meeting;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.harness.Students;

/** What is asked of who says how many threads a pool should have. */
@Contract
class PoolSizerTest {
  private static final String RECOMMEND = "recommend(cores, cpuPerTask, waitPerTask)";
  private static final String SWEEP = "sweep(workload, sizes, repeats, clock)";
  private static final String BEST = "best(sweep, tolerance)";
  private static final String CLASSIFY = "classify(sweep, cores)";
  private static final int[] SIZES = {1, 2, 4, 8, 16, 32, 64};

  // The formula

  @CheckId(value = "R1", points = 2)
  @Property(tries = 150)
  void the_recommended_size_keeps_all_cores_busy(
      @ForAll @IntRange(min = 1, max = 64) int cores,
      @ForAll @IntRange(min = 1, max = 500_000) int cpuMicros,
      @ForAll @IntRange(max = 5_000_000) int waitMicros,
      Crew crew) {
    double exact = cores * Math.min(200, 1 + (double) waitMicros / cpuMicros);
    Duration cpu = Duration.ofNanos(1_000L * cpuMicros);
    Duration wait = Duration.ofNanos(1_000L * waitMicros);

    int size = recommended(crew, cores, cpu, wait);

    if (Math.abs(size - exact) > 0.5 + 1e-6) {
      throw wrong(
          RECOMMEND,
          "%d cores, %d µs of computing and %d µs of waiting make %.2f threads, not %d"
              .formatted(cores, cpuMicros, waitMicros, exact, size));
    }
  }

  @CheckId("R2")
  @Test
  void tasks_that_never_wait_or_never_compute_have_a_size_too(Crew crew) {
    Duration none = Duration.ZERO;
    Duration year = Duration.ofDays(365);
    same(4, recommended(crew, 4, year, none), "the tasks never wait: one thread for each core");
    same(800, recommended(crew, 4, none, year), "the tasks never compute: 200 for each core");
    same(800, recommended(crew, 4, Duration.ofNanos(1), year), "the tasks hardly ever compute");
    same(4, recommended(crew, 4, none, none), "the tasks never wait, and do nothing else either");
    Duration three = Duration.ofNanos(3);
    same(8, recommended(crew, 4, three, three), "3 ns of each make twice the cores");
  }

  // Trying

  @CheckId(value = "W1", points = 2)
  @Property(tries = 20)
  void a_sweep_finds_the_planted_throughput_whatever_disturbs_it(
      @ForAll @IntRange(min = 1, max = 4) int disturbed,
      @ForAll @IntRange(min = 3, max = 40) int wait,
      @ForAll boolean slowly,
      Crew crew) {
    ManualClock clock = new ManualClock();
    List<Integer> asked = new ArrayList<>();
    IntToDoubleFunction truth = n -> (slowly ? 0.3 : 1_000) * Math.min(n, wait);
    Workload workload =
        new Workload() {
          @Override
          public int tasks() {
            return 500;
          }

          @Override
          public void run(int threads) {
            asked.add(threads);
            // Of nine runs with a size up to four are slow and three are fast: the median is neither.
            int run = Collections.frequency(asked, threads);
            boolean slow = List.of(1, 5, 2, 8).subList(0, disturbed).contains(run);
            boolean fast = List.of(3, 7, 9).subList(0, disturbed - 1).contains(run);
            double seconds = 500 / truth.applyAsDouble(threads) * (slow ? 30 : fast ? 0.1 : 1);
            clock.advance(Duration.ofNanos(Math.round(seconds * 1e9)));
          }
        };

    Sweep sweep = crew.answer(SWEEP, () -> PoolSizer.sweep(workload, SIZES, 9, clock));

    for (int size : SIZES) {
      long runs = asked.stream().filter(n -> n == size).count();
      if (runs != 9) {
        throw wrong(SWEEP, "with %d threads the workload was run %d times, not 9".formatted(size, runs));
      }
    }
    if (!Arrays.equals(SIZES, sweep.sizes()) || sweep.throughput().length != SIZES.length) {
      throw wrong(SWEEP, "a sweep names every size that was tried, and its throughput");
    }
    for (int i = 0; i < SIZES.length; i++) {
      double wanted = truth.applyAsDouble(SIZES[i]);
      if (Math.abs(sweep.throughput()[i] - wanted) > wanted * 0.01) {
        throw wrong(
            SWEEP,
            "with %d threads %.1f tasks per second were planted, and %.1f were found"
                .formatted(SIZES[i], wanted, sweep.throughput()[i]));
      }
    }
  }

  @CheckId(value = "W2", points = 2)
  @Property(tries = 40)
  void the_best_size_is_the_smallest_that_is_good_enough(
      @ForAll @IntRange(min = 1, max = 64) int knee, @ForAll @IntRange(max = 8) int decline, Crew crew) {
    // Rises to the knee, creeps up by a trifle, and may fall again because of the switches.
    double[] throughput =
        Arrays.stream(SIZES)
            .mapToDouble(n -> Math.min(n, knee) + n * 0.0001 - decline * 0.001 * Math.max(0, n - knee))
            .toArray();
    Sweep sweep = new Sweep(SIZES, throughput);
    for (double tolerance : new double[] {0, 0.05, 0.3}) {
      double enough = Arrays.stream(throughput).max().orElseThrow() * (1 - tolerance);
      int wanted = Arrays.stream(SIZES).filter(n -> at(sweep, n) >= enough).findFirst().orElseThrow();

      int found = crew.answer(BEST, () -> PoolSizer.best(sweep, tolerance));

      if (found != wanted) {
        throw wrong(
            BEST,
            "the smallest size within %.0f %% of the best of %s is %d, not %d"
                .formatted(tolerance * 100, Arrays.toString(throughput), wanted, found));
      }
    }
  }

  /** The numbers are exact in binary, so that it does not matter how the border is computed. */
  @CheckId("W5")
  @Test
  void a_throughput_on_the_border_is_good_enough(Crew crew) {
    Sweep sweep = new Sweep(new int[] {3, 5, 6}, new double[] {4, 8, 16});
    for (int wanted : new int[] {3, 5, 6}) {
      double tolerance = wanted == 3 ? 0.75 : wanted == 5 ? 0.5 : 0;

      int found = crew.answer(BEST, () -> PoolSizer.best(sweep, tolerance));

      if (found != wanted) {
        throw wrong(
            BEST,
            "of 4, 8 and 16 tasks per second with 3, 5 and 6 threads, at least (1 - %s) of the highest"
                    .formatted(tolerance)
                + " are those from %d threads on, not from %d".formatted(wanted, found));
      }
    }
    Sweep alone = new Sweep(new int[] {7}, new double[] {0.5});
    int only = crew.answer(BEST, () -> PoolSizer.best(alone, 0.1));
    if (only != 7) {
      throw wrong(BEST, "only 7 threads were tried, so 7 is the best size, not " + only);
    }
  }

  @CheckId(value = "W4", points = 2)
  @Property(tries = 60)
  void whatever_the_shape_of_a_sweep_the_best_size_and_the_class_follow_from_it(
      @ForAll @Size(7) List<@IntRange(min = 1, max = 40) Integer> tasks,
      @ForAll @IntRange(max = 60) int percent,
      @ForAll @IntRange(min = 1, max = 20) int cores,
      Crew crew) {
    double[] throughput = tasks.stream().mapToDouble(n -> 10.0 * n).toArray();
    Sweep sweep = new Sweep(SIZES, throughput);
    // Halves of a per cent, so that no throughput lies on the border.
    double tolerance = (percent + 0.55) / 100;

    int best = crew.answer(BEST, () -> PoolSizer.best(sweep, tolerance));
    Kind kind = crew.answer(CLASSIFY, () -> PoolSizer.classify(sweep, cores));

    int wanted = smallestWithin(sweep, tolerance);
    if (best != wanted) {
      throw wrong(
          BEST,
          "the smallest size within %.2f %% of the best of %s is %d, not %d"
              .formatted(tolerance * 100, Arrays.toString(throughput), wanted, best));
    }
    // Where a throughput lies on the border of ten per cent, how it is computed decides.
    double border = Arrays.stream(throughput).max().orElseThrow() * 0.9;
    int size = smallestWithin(sweep, 0.1);
    Kind shape =
        size <= cores ? Kind.CPU_BOUND : size > 4 * cores ? Kind.IO_BOUND : Kind.MIXED;
    if (kind != shape && Arrays.stream(throughput).noneMatch(t -> Math.abs(t - border) < 1e-6)) {
      throw wrong(
          CLASSIFY,
          "on %d cores a best size of %d is %s, not %s: %s"
              .formatted(cores, size, shape, kind, Arrays.toString(throughput)));
    }
  }

  private static int smallestWithin(Sweep sweep, double tolerance) {
    double enough = Arrays.stream(sweep.throughput()).max().orElseThrow() * (1 - tolerance);
    return Arrays.stream(SIZES).filter(n -> at(sweep, n) >= enough).findFirst().orElseThrow();
  }

  @CheckId(value = "W3", points = 2)
  @Test
  void what_holds_tasks_up_shows_in_the_shape_of_the_sweep(Crew crew) {
    classified(crew, Kind.CPU_BOUND, n -> Math.min(n, 4), "it is flat from the cores on");
    classified(crew, Kind.CPU_BOUND, n -> n <= 4 ? n : 4 - 0.04 * n, "it falls after the cores");
    classified(crew, Kind.CPU_BOUND, n -> Math.min(n, 4) + n * 0.005, "it hardly rises any more");
    classified(crew, Kind.MIXED, n -> n <= 4 ? n : 4.6, "it rises by 15 per cent after the cores");
    classified(crew, Kind.MIXED, n -> Math.min(n, 12), "it rises to three times the cores");
    classified(crew, Kind.IO_BOUND, n -> n, "it rises as far as it was tried");
    classified(crew, Kind.IO_BOUND, n -> Math.min(n, 40) - 0.01 * n, "it rises to ten times the cores");
  }

  private static void classified(Crew crew, Kind wanted, IntToDoubleFunction shape, String because) {
    Sweep sweep = new Sweep(SIZES, Arrays.stream(SIZES).mapToDouble(shape::applyAsDouble).toArray());
    Kind found = crew.answer(CLASSIFY, () -> PoolSizer.classify(sweep, 4));
    if (found != wanted) {
      throw wrong(
          CLASSIFY,
          "a sweep on 4 cores is %s because %s; classify says %s: %s"
              .formatted(wanted, because, found, Arrays.toString(sweep.throughput())));
    }
  }

  // Two pools

  @CheckId(value = "T1", points = 2)
  @Test
  void stuck_tasks_of_one_kind_hold_up_none_of_the_other(Crew crew) {
    for (boolean cpuStuck : new boolean[] {false, true}) {
      TwoPools pools = pools(crew, 2, 3);
      CountDownLatch stuck = new CountDownLatch(1);
      for (int i = 0; i < 20; i++) {
        submit(crew, pools, cpuStuck, () -> await(stuck));
      }
      CountDownLatch done = new CountDownLatch(10);
      for (int i = 0; i < 10; i++) {
        submit(crew, pools, !cpuStuck, done::countDown);
      }
      crew.until(
          () -> done.getCount() == 0,
          cpuStuck
              ? "twenty tasks that compute hold up all that wait"
              : "twenty tasks that wait hold up all that compute");
      stuck.countDown();
      retire(crew, pools);
    }
  }

  @CheckId(value = "T2", points = 2)
  @Test
  void each_kind_has_its_own_number_of_workers(Crew crew) {
    TwoPools pools = pools(crew, 2, 5);
    Meeting computing = crew.meeting(2);
    Meeting waiting = crew.meeting(5);
    for (int i = 0; i < 2; i++) {
      submit(crew, pools, true, computing::attend);
    }
    for (int i = 0; i < 5; i++) {
      submit(crew, pools, false, waiting::attend);
    }
    computing.comesAbout("tasks that compute run at the same time with 2 workers for them");
    waiting.comesAbout("tasks that wait run at the same time with 5 workers for them");
    Meeting door = crew.meeting(1_000);
    for (int i = 0; i < 30; i++) {
      submit(crew, pools, i % 2 == 0, door::attend);
    }
    crew.until(() -> door.arrived() >= 7, "seven of thirty tasks should run at the same time");
    int running = settled(crew, door);
    int threads = crew.theirThreads().size();
    door.dismiss();
    if (running > 7) {
      throw wrong(
          "submitIo(task)",
          "2 workers for one kind and 5 for the other are 7, and more tasks ran at once",
          "ran: " + running);
    }
    // One or two may do something else than tasks.
    if (threads > 7 + 2) {
      throw wrong(
          "submitIo(task)",
          "2 workers for one kind and 5 for the other are 7, and there are more threads",
          "there are: " + threads);
    }
    retire(crew, pools);
  }

  @CheckId(value = "T4", points = 2)
  @Test
  void a_task_that_throws_costs_no_worker(Crew crew) {
    for (BadEnd end : BadEnd.values()) {
      costsNoWorker(crew, end);
    }
  }

  private enum BadEnd {
    AN_EXCEPTION,
    AN_ERROR,
    AN_INTERRUPT;

    void come() {
      switch (this) {
        case AN_EXCEPTION -> throw new IllegalStateException("a task that fails");
        case AN_ERROR -> throw new AssertionError("a task that fails");
        default -> Thread.currentThread().interrupt();
      }
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private static void costsNoWorker(Crew crew, BadEnd end) {
    TwoPools pools = pools(crew, 2, 3);
    CountDownLatch ended = new CountDownLatch(20);
    for (int i = 0; i < 20; i++) {
      submit(
          crew,
          pools,
          i % 2 == 0,
          () -> {
            ended.countDown();
            end.come();
          });
    }
    crew.until(
        () -> ended.getCount() == 0,
        "ten tasks of each kind end with " + end + ", and each should be run");
    Meeting computing = crew.meeting(2);
    Meeting waiting = crew.meeting(3);
    for (int i = 0; i < 5; i++) {
      submit(crew, pools, i < 2, i < 2 ? computing::attend : waiting::attend);
    }
    computing.comesAbout("others ended with " + end + ", and 2 workers compute as before");
    waiting.comesAbout("others ended with " + end + ", and 3 workers wait as before");
    retire(crew, pools);
  }

  @CheckId("T3")
  @Test
  void close_lets_the_tasks_be_done_and_leaves_no_thread(Crew crew) {
    TwoPools pools = pools(crew, 1, 1);
    CountDownLatch door = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(6);
    for (int i = 0; i < 6; i++) {
      submit(
          crew,
          pools,
          i % 2 == 0,
          () -> {
            await(door);
            done.countDown();
          });
    }
    crew.done("close()", pools::close);
    AtomicInteger late = new AtomicInteger();
    for (boolean cpu : new boolean[] {false, true}) {
      // To refuse it with an exception is as good as to forget it.
      submitted(crew, pools, cpu, late::incrementAndGet).awaitEnd("it does not wait for the task");
    }
    door.countDown();
    crew.until(() -> done.getCount() == 0, "what was handed in before close() should be done");
    crew.leavesNothing("close()");
    if (late.get() > 0) {
      throw wrong("close()", "a task that was handed in after close() was run", "run: " + late);
    }
  }

  @CheckId("S1")
  @Test
  void nothing_but_the_clock_tells_the_time(Crew crew) {
    pools(crew, 1, 1).close();
    recommended(crew, 1, Duration.ZERO, Duration.ZERO);

    Structure.of(PoolSizer.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks")
        .mustNotCall("java.lang.System.nanoTime", "java.lang.System.currentTimeMillis")
        .holds();
  }

  // How it is asked and judged

  private static int recommended(Crew crew, int cores, Duration cpu, Duration wait) {
    return crew.answer(RECOMMEND, () -> PoolSizer.recommend(cores, cpu, wait));
  }

  private static TwoPools pools(Crew crew, int cpu, int io) {
    return crew.make("new TwoPools(cpuWorkers, ioWorkers)", () -> new TwoPools(cpu, io));
  }

  private static void submit(Crew crew, TwoPools pools, boolean cpu, Runnable task) {
    submitted(crew, pools, cpu, task).finishes("it does not wait for the task");
  }

  private static Step<Void> submitted(Crew crew, TwoPools pools, boolean cpu, Runnable task) {
    String call = cpu ? "submitCpu(task)" : "submitIo(task)";
    return crew.does(
        call,
        () -> {
          if (cpu) {
            pools.submitCpu(task);
          } else {
            pools.submitIo(task);
          }
        });
  }

  private static void retire(Crew crew, TwoPools pools) {
    crew.done("close()", pools::close);
    crew.leavesNothing("close()");
  }

  /** How many have come when nobody else is on the way. */
  private static int settled(Crew crew, Meeting meeting) {
    int arrived = meeting.arrived();
    for (int calm = 0, looks = 0; calm < 5 && looks < 200; looks++) {
      crew.pause(10);
      boolean waits =
          crew.theirThreads().stream().allMatch(t -> t.getState() == Thread.State.WAITING);
      calm = waits && meeting.arrived() == arrived ? calm + 1 : 0;
      arrived = meeting.arrived();
    }
    return arrived;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static double at(Sweep sweep, int size) {
    return sweep.throughput()[Arrays.binarySearch(sweep.sizes(), size)];
  }

  private static void same(int wanted, int found, String because) {
    if (wanted != found) {
      throw wrong(RECOMMEND, "%d are right because %s; recommended are %d".formatted(wanted, because, found));
    }
  }

  private static Failure wrong(String call, String sentence, String... measured) {
    return Failure.of(
        threadmill.model.Kind.CONTRACT, sentence, Students.lineOf(call), List.of(measured));
  }
}
