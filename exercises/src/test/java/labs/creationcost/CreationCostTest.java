package labs.creationcost;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import labs.creationcost.CreationCost.Stats;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import threadmill.Clock;
import threadmill.JavaCommand;
import threadmill.ManualClock;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Door;
import threadmill.harness.Failure;
import threadmill.harness.Meeting;
import threadmill.harness.Processes;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.harness.Students;
import threadmill.model.Kind;

/** What is asked of who measures what threads and processes cost. */
@Contract
class CreationCostTest {
  private static final String MEASURE = "measure(clock, unit, warmup, samples)";
  private static final String THREAD = "newThread(body)";
  private static final String TASK = "poolTask(pool, body)";
  private static final String PROCESS = "newProcess(command)";
  private static final String PER_THREAD = "perThreadBytes(memory, threads)";
  private static final String PER_PROCESS = "perProcessBytes(memoryOf, command, processes)";

  @AfterEach
  void endWhatIsLeft() {
    Processes.endAll();
  }

  // The method

  @CheckId(value = "M1", points = 2)
  @Property(tries = 20)
  void a_planted_cost_is_found_in_noise(
      @ForAll @IntRange(min = 10, max = 900) int micros,
      @ForAll @IntRange(min = 40, max = 300) int samples,
      Crew crew) {
    ManualClock clock = new ManualClock();
    List<Long> planted = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      long disturbed = i % 100 == 7 ? 50_000_000 : 0;
      planted.add(micros * 1_000L + crew.random().nextInt(micros * 10) + disturbed);
    }
    int[] run = new int[1];
    Runnable unit =
        () -> {
          int i = run[0]++ - 30;
          // Before it is warm everything takes ten times as long.
          long nanos = i < 0 ? micros * 10_000L : planted.get(Math.min(i, samples - 1));
          clock.advance(Duration.ofNanos(nanos));
        };

    Stats stats = crew.answer(MEASURE, () -> CreationCost.measure(clock, unit, 30, samples));

    if (run[0] != samples + 30 || stats.n() != samples) {
      throw wrong(
          MEASURE,
          "30 runs to warm up and %d samples make %d runs; it ran %d times and says n = %d"
              .formatted(samples, samples + 30, run[0], stats.n()));
    }
    Collections.sort(planted);
    double median = (planted.get((samples - 1) / 2) + planted.get(samples / 2)) / 2.0;
    if (!(Math.abs(stats.median() - median) <= 0.02 * median)) {
      throw wrong(
          MEASURE,
          "half of the samples take up to %.0f ns, and the median is said to be %.0f ns"
              .formatted(median, stats.median()));
    }
    int rank = (int) Math.ceil(0.95 * samples);
    // Between two samples there is more than one way to say it, but none that reaches the next one.
    boolean tooHigh = rank < samples && planted.get(rank) > planted.get(rank - 1);
    if (stats.p95() < lowest95(planted)
        || stats.p95() > planted.get(Math.min(samples - 1, rank))
        || tooHigh && stats.p95() >= planted.get(rank)) {
      throw wrong(
          MEASURE,
          "95 of 100 samples take up to %d ns, and the 95th percentile is said to be %.0f ns"
              .formatted(planted.get(rank - 1), stats.p95()));
    }
  }

  /** What the most modest of the usual ways to say it makes of sorted samples. */
  private static double lowest95(List<Long> sorted) {
    double at = Math.max(0, 0.95 * sorted.size() - 1);
    long below = sorted.get((int) at);
    long above = sorted.get((int) Math.ceil(at));
    return (below + (above - below) * (at - Math.floor(at))) * (1 - 1e-9);
  }

  /** Far apart, so that nothing but the middle comes near it. */
  @CheckId(value = "M4", points = 2)
  @Property(tries = 40)
  void few_samples_have_a_median_too(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 1, max = 9_000) Integer> micros,
      Crew crew) {
    ManualClock clock = new ManualClock();
    int[] run = new int[1];
    Runnable unit =
        () -> clock.advance(Duration.ofNanos(1_000L * micros.get(run[0]++ % micros.size())));

    Stats stats = crew.answer(MEASURE, () -> CreationCost.measure(clock, unit, 0, micros.size()));

    List<Long> sorted = micros.stream().map(n -> 1_000L * n).sorted().toList();
    long below = sorted.get((sorted.size() - 1) / 2);
    long above = sorted.get(sorted.size() / 2);
    // Of an even number of samples, two are in the middle.
    if (!(stats.median() >= below - 1 && stats.median() <= above + 1)) {
      throw wrong(
          MEASURE,
          "the median of %s ns lies in the middle, at %d to %d ns, and not at %.0f"
              .formatted(sorted, below, above, stats.median()));
    }
    long most = sorted.get(sorted.size() - 1);
    if (!(stats.p95() >= lowest95(sorted) && stats.p95() <= most)) {
      throw wrong(
          MEASURE,
          "95 of 100 samples of %s ns take no longer than about %d ns, and not %.0f"
              .formatted(sorted, most, stats.p95()));
    }
  }

  @CheckId("M2")
  @Test
  void the_clock_is_read_right_before_and_right_after_each_sample(Crew crew) {
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    Clock clock =
        () -> {
          events.add("clock");
          return 1_000L * events.size();
        };

    crew.answer(MEASURE, () -> CreationCost.measure(clock, () -> events.add("unit"), 2, 3));

    List<String> measured = events.subList(events.indexOf("clock"), events.size());
    List<String> three = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      three.addAll(List.of("clock", "unit", "clock"));
    }
    if (!measured.equals(three)) {
      throw wrong(MEASURE, "three samples should be " + three + ", they are " + measured);
    }
  }

  @CheckId("M3")
  @Test
  void a_ratio_says_how_many_times_as_dear(Crew crew) {
    isRatio(crew, 900, 30, 30);
    isRatio(crew, 10, 4, 2.5);
    isRatio(crew, 1, 8, 0.125);
  }

  private static void isRatio(Crew crew, double dear, double cheap, double wanted) {
    double ratio =
        crew.answer(
            "ratio(dear, cheap)",
            () -> CreationCost.ratio(new Stats(dear, 1, 1), new Stats(cheap, 5_000, 1)));
    if (Math.abs(ratio - wanted) > 1e-9) {
      throw wrong(
          "ratio(dear, cheap)",
          "medians of %.0f and %.0f are a ratio of %s, not %s".formatted(dear, cheap, wanted, ratio));
    }
  }

  // The units

  @CheckId(value = "U1", points = 2)
  @Test
  void a_thread_is_new_each_time_and_has_ended(Crew crew) {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    Runnable unit =
        crew.answer(THREAD, () -> CreationCost.newThread(() -> threads.add(Thread.currentThread())));
    for (int i = 0; i < 3; i++) {
      Step<Thread> run =
          crew.asks(
              THREAD,
              () -> {
                unit.run();
                return Thread.currentThread();
              });
      if (threads.contains(run.finishes("its thread has ended"))) {
        throw wrong(THREAD, "the body ran on the thread that ran the unit, not on a new one");
      }
    }
    mustBe(
        THREAD, threads.size() == 3, "three runs should make three threads", "made: " + threads.size());
    mustBe(THREAD, threads.stream().noneMatch(Thread::isAlive), "a thread was left behind");
    endsAfterItsBody(crew, THREAD, CreationCost::newThread);
  }

  /** The body is over, and its thread is not: it still says what the body threw. */
  @CheckId(value = "U5", points = 2)
  @Test
  void a_thread_has_ended_only_when_nothing_of_it_runs_any_more(Crew crew) {
    Meeting gate = crew.meeting(2);
    AtomicReference<Thread> made = new AtomicReference<>();
    Runnable body =
        () -> {
          made.set(Thread.currentThread());
          Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> gate.attend());
          fail();
        };
    Runnable unit = crew.answer(THREAD, () -> CreationCost.newThread(body));
    Step<Void> run = crew.does(THREAD, unit::run);
    // Whoever catches what the body throws has a thread that just ends.
    crew.until(() -> gate.arrived() == 1 || run.isOver(), "the body should run, but it does not");
    if (!run.isOver()) {
      crew.untilWaitingOrOver(run);
    }
    mustBe(
        THREAD,
        !run.isOver() || !made.get().isAlive(),
        "the unit was over although its thread had not ended: only the body had");
    gate.dismiss();
    run.awaitEnd("its thread has ended");
  }

  @CheckId(value = "U2", points = 2)
  @Test
  void a_task_runs_in_the_pool_and_has_ended(Crew crew) {
    List<String> names = Collections.synchronizedList(new ArrayList<>());
    Executor pool =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, "the pool's own");
              thread.setDaemon(true);
              return thread;
            });
    Runnable body = () -> names.add(Thread.currentThread().getName());
    Runnable unit = crew.answer(TASK, () -> CreationCost.poolTask(pool, body));
    for (int i = 0; i < 3; i++) {
      crew.does(TASK, unit::run).finishes("its task has ended");
    }
    mustBe(
        TASK,
        names.equals(List.of("the pool's own", "the pool's own", "the pool's own")),
        "three tasks should run on the pool's own thread",
        "they ran on " + names);
    endsAfterItsBody(crew, TASK, work -> CreationCost.poolTask(pool, work));
    Runnable failing = crew.answer(TASK, () -> CreationCost.poolTask(pool, () -> fail()));
    crew.does(TASK, failing::run).awaitEnd("its task has ended, with an exception");
    Runnable worse = crew.answer(TASK, () -> CreationCost.poolTask(pool, () -> failBadly()));
    crew.does(TASK, worse::run).awaitEnd("its task has ended, with an error");
  }

  private static void failBadly() {
    throw new AssertionError("a task that fails as badly as can be");
  }

  private static void fail() {
    throw new IllegalStateException("a task that fails");
  }

  private static void endsAfterItsBody(
      Crew crew, String call, Function<Runnable, Runnable> maker) {
    Meeting gate = crew.meeting(2);
    Runnable unit = crew.answer(call, () -> maker.apply(gate::attend));
    Step<Void> run = crew.does(call, unit::run);
    crew.until(() -> gate.arrived() == 1 || run.isOver(), "the body should run, but it does not");
    run.blocks("its body has not ended");
    gate.dismiss();
    run.finishes("its body has ended");
  }

  @CheckId("U3")
  @Test
  void a_process_is_started_and_has_ended(Crew crew) {
    try (Door door = Door.shut()) {
      List<String> command = JavaCommand.of(Visitor.class, door.address());
      Runnable unit = crew.answer(PROCESS, () -> CreationCost.newProcess(command));
      mustBe(PROCESS, Processes.alive().isEmpty(), "a process was started before the unit was run");
      crew.childrenWaitForNoClock();
      Step<Void> run = crew.does(PROCESS, unit::run);
      crew.until(() -> door.callers().size() == 1, "a process should be started, but it is not");
      crew.untilWaitingOrOver(run);
      mustBe(PROCESS, !run.isOver(), "the unit was over although its process still ran");
      door.letIn();
      run.finishes("its process has ended");
      crew.leavesNothing(PROCESS);
      crew.does(PROCESS, unit::run).finishes("its process has ended");
      mustBe(PROCESS, door.callers().size() == 2, "a unit that is run twice should start two processes");
    }
  }

  @CheckId(value = "U4", points = 2)
  @Test
  void a_process_may_say_as_much_as_it_likes(Crew crew) {
    Runnable unit =
        crew.answer(PROCESS, () -> CreationCost.newProcess(JavaCommand.of(Chatterbox.class)));
    crew.childrenWaitForNoClock();
    crew.does(PROCESS, unit::run).finishes("its process ends when it has said all");
    crew.leavesNothing(PROCESS);
  }

  // Memory

  @CheckId(value = "B1", points = 2)
  @Test
  void the_planted_memory_of_a_thread_is_found(Crew crew) {
    for (int threads : new int[] {1, 5, 20}) {
      LongSupplier memory =
          () ->
              700_000_000L
                  + 123_456L
                      * crew.theirThreads().stream()
                          .filter(t -> t.getState() != Thread.State.NEW)
                          .count();
      Step<Long> bill = crew.asks(PER_THREAD, () -> MemoryBill.perThreadBytes(memory, threads));
      long found = bill.finishes("all its threads can live at the same time");
      if (Math.abs(found - 123_456L) > 1) {
        throw wrong(
            PER_THREAD,
            "%d threads of 123,456 bytes each were planted; found was another number"
                .formatted(threads),
            "found: " + found + " bytes");
      }
      crew.leavesNothing(PER_THREAD);
    }
  }

  @CheckId(value = "B2", points = 2)
  @Test
  void the_planted_memory_of_processes_is_found_while_all_are_alive(Crew crew) {
    List<Long> asked = Collections.synchronizedList(new ArrayList<>());
    List<Integer> alive = Collections.synchronizedList(new ArrayList<>());
    crew.childrenWaitForNoClock();

    Step<Long> bill =
        crew.asks(
            PER_PROCESS,
            () ->
                MemoryBill.perProcessBytes(
                    pid -> {
                      asked.add(pid);
                      alive.add(Processes.alive().size());
                      return asked.size() * 1_000_000L;
                    },
                    List.of("cat"),
                    3));

    long found = bill.finishes("cat ends with its input");
    mustBe(
        PER_PROCESS,
        asked.stream().distinct().count() == 3 && !asked.contains(ProcessHandle.current().pid()),
        "three processes should be asked about, once each",
        "asked: " + asked);
    mustBe(
        PER_PROCESS,
        alive.equals(List.of(3, 3, 3)),
        "all three should be alive whenever one is measured",
        "alive: " + alive);
    mustBe(
        PER_PROCESS,
        found == 2_000_000,
        "processes of 1, 2 and 3 MB take 2 MB each; found was another number",
        "found: " + found + " bytes");
    crew.leavesNothing(PER_PROCESS);
  }

  @CheckId(value = "B3", points = 2)
  @Test
  void the_bill_is_paid_when_all_processes_have_ended(Crew crew) {
    try (Door door = Door.shut()) {
      List<String> command = JavaCommand.of(Visitor.class, door.address(), "after the input");
      crew.childrenWaitForNoClock();
      Step<Long> bill =
          crew.asks(PER_PROCESS, () -> MemoryBill.perProcessBytes(pid -> 1, command, 2));
      crew.until(
          () -> door.callers().size() > 0 || bill.isOver(),
          "a process should see the end of its input, but none does");
      crew.untilWaitingOrOver(bill);
      if (bill.isOver()) {
        bill.finishes("its processes have ended");
        mustBe(
            PER_PROCESS,
            Processes.alive().isEmpty(),
            "the bill was told although its processes were still running");
      }
      door.letIn();
      bill.finishes("its processes have ended");
      crew.leavesNothing(PER_PROCESS);
    }
  }

  @CheckId(value = "B4", points = 2)
  @Test
  void nothing_is_left_if_the_memory_cannot_be_told(Crew crew) {
    int[] asked = new int[1];
    LongSupplier once =
        () -> {
          if (asked[0]++ > 0) {
            fail();
          }
          return 0;
        };
    crew.asks(PER_THREAD, () -> MemoryBill.perThreadBytes(once, 3))
        .fails(IllegalStateException.class, "the memory could not be told");
    crew.leavesNothing(PER_THREAD);

    crew.childrenWaitForNoClock();
    LongUnaryOperator never =
        pid -> {
          fail();
          return pid;
        };
    crew.asks(PER_PROCESS, () -> MemoryBill.perProcessBytes(never, List.of("cat"), 3))
        .fails(IllegalStateException.class, "the memory could not be told");
    crew.leavesNothing(PER_PROCESS);
  }

  @CheckId("S1")
  @Test
  void nothing_but_what_is_given_tells_time_and_memory(Crew crew) {
    crew.answer(MEASURE, () -> CreationCost.measure(() -> 0, () -> {}, 0, 1));
    crew.answer(PER_THREAD, () -> MemoryBill.perThreadBytes(() -> 0, 1));

    Structure.of(CreationCost.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks")
        .mustNotCall(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.lang.Runtime.totalMemory",
            "java.lang.Runtime.freeMemory")
        .holds();
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
