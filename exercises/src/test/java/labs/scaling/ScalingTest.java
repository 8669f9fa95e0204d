package labs.scaling;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import threadmill.ManualClock;
import threadmill.explore.Scenario;
import threadmill.explore.Tally;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Explore;
import threadmill.harness.Failure;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.harness.Students;
import threadmill.model.Kind;

/** What is asked of who tells how a program scales, and of a counter that does. */
@Contract
class ScalingTest {
  private static final String SPEEDUPS = "speedups(workload, threads, repeats, clock)";
  private static final String FRACTION = "serialFraction(threads, speedups)";
  private static final String KNEE = "knee(threads, speedups, minGain)";
  private static final int[] THREADS = {1, 2, 4, 8, 16};

  /** Got beforehand: it is got under a monitor, which would be counted. */
  private static final ThreadMXBean JVM = ManagementFactory.getThreadMXBean();

  /** How often a thread may wait for a monitor of the JVM itself, or of those who watch it. */
  private static final int BY_CHANCE = 5;

  /** What may stand in the way of who wants to add; their parts have names that begin alike. */
  private static final List<Class<?>> LOCKS =
      List.of(
          ReentrantLock.class, ReentrantReadWriteLock.class, StampedLock.class, Semaphore.class);

  private static double amdahl(double f, double n) {
    return 1 / (f + (1 - f) / n);
  }

  @CheckId(value = "A1", points = 2)
  @Property(tries = 20)
  void planted_speedups_are_found_whatever_disturbs_the_runs(
      @ForAll @IntRange(max = 60) int percent, @ForAll @IntRange(max = 3) int disturbed, Crew crew) {
    ManualClock clock = new ManualClock();
    Map<Integer, Integer> runs = new HashMap<>();
    Workload workload =
        n -> {
          int run = runs.merge(n, 1, Integer::sum);
          // Of seven runs up to three are slow and three fast, and not as many for each number.
          boolean slow = List.of(1, 4, 6).subList(0, (disturbed + n) % 4).contains(run);
          boolean fast = List.of(2, 5, 7).subList(0, disturbed * n % 4).contains(run);
          double millis = 2_000 / amdahl(percent / 100.0, n) * (slow ? 25 : fast ? 0.04 : 1);
          clock.advance(Duration.ofNanos(Math.round(millis * 1e6)));
        };
    // One is not among them: the time with one thread is measured all the same.
    int[] threads = {2, 4, 8};

    double[] found = crew.answer(SPEEDUPS, () -> Scaling.speedups(workload, threads, 7, clock));

    if (runs.getOrDefault(1, 0) != 7 || runs.getOrDefault(8, 0) != 7) {
      throw wrong(SPEEDUPS, "the workload should be run 7 times with 1 thread and with each: " + runs);
    }
    for (int i = 0; i < threads.length; i++) {
      double wanted = amdahl(percent / 100.0, threads[i]);
      if (found.length != 3 || Math.abs(found[i] - wanted) > 0.02 * wanted) {
        throw wrong(
            SPEEDUPS,
            "with %d threads a speed-up of %.2f was planted; found were %s"
                .formatted(threads[i], wanted, Arrays.toString(found)));
      }
    }
  }

  @CheckId("A7")
  @Test
  void each_speedup_stands_where_its_number_of_threads_stands(Crew crew) {
    for (int repeats : new int[] {1, 3}) {
      ManualClock clock = new ManualClock();
      Workload workload = n -> clock.advance(Duration.ofMillis(n == 1 ? 600 : n == 2 ? 400 : 150));
      int[] threads = {2, 4, 1, 2};

      double[] found =
          crew.answer(SPEEDUPS, () -> Scaling.speedups(workload, threads.clone(), repeats, clock));

      double[] wanted = {1.5, 4, 1, 1.5};
      boolean near = found.length == 4;
      for (int i = 0; near && i < 4; i++) {
        near = Math.abs(found[i] - wanted[i]) < 1e-6;
      }
      if (!near) {
        throw wrong(
            SPEEDUPS,
            "600, 400 and 150 ms with 1, 2 and 4 threads make %s for %s threads, not %s"
                .formatted(
                    Arrays.toString(wanted), Arrays.toString(threads), Arrays.toString(found)));
      }
    }
  }

  @CheckId(value = "A2", points = 2)
  @Property(tries = 40)
  void a_planted_serial_fraction_is_found_in_noise(
      @ForAll @IntRange(max = 60) int percent, @ForAll int seed, Crew crew) {
    double f = percent / 100.0;
    Random noise = new Random(seed);
    double[] speedups =
        Arrays.stream(THREADS)
            .mapToDouble(n -> n == 1 ? 1 : amdahl(f, n) * (1 + 0.02 * (noise.nextDouble() - 0.5)))
            .toArray();

    double found = crew.answer(FRACTION, () -> Scaling.serialFraction(THREADS, speedups));

    if (!(Math.abs(found - f) <= 0.03)) {
      throw wrong(
          FRACTION,
          "a serial fraction of %.2f was planted in %s; found was %.3f"
              .formatted(f, Arrays.toString(speedups), found));
    }
  }

  @CheckId(value = "A6", points = 2)
  @Property(tries = 40)
  void the_serial_fraction_is_that_of_least_squares(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 20, max = 3_000) Integer> hundredths,
      Crew crew) {
    int[] threads = Arrays.copyOf(new int[] {2, 3, 4, 8, 16}, hundredths.size());
    double[] speedups = hundredths.stream().mapToDouble(h -> h / 100.0).toArray();
    double xy = 0;
    double xx = 0;
    for (int i = 0; i < threads.length; i++) {
      double x = 1 - 1.0 / threads[i];
      xy += x * (1 / speedups[i] - 1.0 / threads[i]);
      xx += x * x;
    }
    double wanted = xy / xx;

    double found = crew.answer(FRACTION, () -> Scaling.serialFraction(threads, speedups));

    if (!(Math.abs(found - wanted) < 1e-6 * Math.max(1, Math.abs(wanted)))) {
      throw wrong(
          FRACTION,
          "with %s threads and speed-ups of %s the least squares are those of %.6f, not of %.6f"
              .formatted(Arrays.toString(threads), Arrays.toString(speedups), wanted, found));
    }
  }

  @CheckId("A3")
  @Test
  void what_is_exact_is_found_exactly_and_what_cannot_be_is_told_as_it_is(Crew crew) {
    // One thread need not be among them.
    int[] more = {2, 4, 8};
    double[] exact = Arrays.stream(more).mapToDouble(n -> amdahl(0.25, n)).toArray();
    double quarter = crew.answer(FRACTION, () -> Scaling.serialFraction(more, exact));
    if (!(Math.abs(quarter - 0.25) < 1e-6)) {
      throw wrong(
          FRACTION,
          "a serial fraction of 0.25 was planted without any noise in %s; found was %.6f"
              .formatted(Arrays.toString(exact), quarter));
    }
    int[] threads = {1, 2, 4};
    double better = crew.answer(FRACTION, () -> Scaling.serialFraction(threads, new double[] {1, 2.5, 6}));
    double worse = crew.answer(FRACTION, () -> Scaling.serialFraction(threads, new double[] {1, 0.7, 0.4}));
    if (better >= 0 || worse <= 1) {
      throw wrong(
          FRACTION,
          "speed-ups above the number of threads make a fraction below 0, and slow-downs one above 1;"
              + " found were %.2f and %.2f".formatted(better, worse));
    }
  }

  @CheckId(value = "A4", points = 2)
  @Property(tries = 40)
  void the_knee_is_where_more_threads_stop_to_pay(
      @ForAll @IntRange(max = 4) int steps, @ForAll @IntRange(max = 2) int after, Crew crew) {
    // Gains a half up to the knee; afterwards it is flat, falls, or pauses and then rises again.
    double[] speedups = new double[THREADS.length];
    speedups[0] = 1;
    for (int i = 1; i < speedups.length; i++) {
      double later = after == 0 ? 1.02 : after == 1 ? 0.8 : i == steps + 1 ? 1.02 : 1.5;
      speedups[i] = speedups[i - 1] * (i <= steps ? 1.5 : later);
    }

    int found = crew.answer(KNEE, () -> Scaling.knee(THREADS, speedups, 0.1));

    if (found != THREADS[steps]) {
      throw wrong(
          KNEE,
          "after %d threads the next step gains less than ten per cent, not after %d: %s"
              .formatted(THREADS[steps], found, Arrays.toString(speedups)));
    }
  }

  /** The numbers are exact in binary, so that it does not matter how the gain is computed. */
  @CheckId("A5")
  @Test
  void the_gain_of_a_step_is_measured_against_the_speed_before_it(Crew crew) {
    knee(crew, 4, 0.5, "2.25 to 3.25 is less than a half more", 1, 1.5, 2.25, 3.25);
    knee(crew, 8, 0.5, "each step gains a half, which is not less than that", 1, 1.5, 2.25, 3.375);
    knee(crew, 2, 0.25, "8 to 9.5 is less than a quarter more", 4, 8, 9.5, 16);
    knee(crew, 4, 0, "from 2 to 2 nothing is gained, which is not less than nothing", 1, 2, 2, 1.5);
    int[] odd = {3, 4, 16, 20};
    knee(crew, odd, 16, 0.5, "it is the step that gains, however many threads it takes", 2, 3, 5, 6);
    knee(crew, new int[] {6}, 6, 0.5, "there is no further step", 2);
  }

  private static void knee(
      Crew crew, int wanted, double minGain, String because, double... speedups) {
    knee(crew, new int[] {1, 2, 4, 8}, wanted, minGain, because, speedups);
  }

  private static void knee(
      Crew crew, int[] threads, int wanted, double minGain, String because, double... speedups) {
    int found = crew.answer(KNEE, () -> Scaling.knee(threads, speedups, minGain));

    if (found != wanted) {
      throw wrong(
          KNEE,
          "with a minGain of %s the knee of %s is at %d threads, not at %d: %s"
              .formatted(minGain, Arrays.toString(speedups), wanted, found, because));
    }
  }

  // The counter

  @CheckId(value = "C1", points = 2)
  @Test
  void many_threads_add_without_a_mistake_and_are_spread(Crew crew) {
    for (int stripes : new int[] {5, 8, 9}) {
      addAndLook(crew, stripes);
    }
  }

  private static void addAndLook(Crew crew, int number) {
    StripedCounter counter = counter(crew, number);
    crew.allFinish(
        crew.atOnce(
            48,
            "add(delta)",
            i ->
                () -> {
                  for (int n = 0; n < 50; n++) {
                    counter.add(i + 1);
                  }
                }),
        "nobody holds it up");

    long wanted = 50L * 48 * 49 / 2;
    long sum = crew.answer("sum()", counter::sum);
    if (sum != wanted) {
      String seen = "added: " + wanted + ", the sum: " + sum;
      throw wrong("sum()", "48 threads added, and some of it was lost or counted twice", seen);
    }
    long[] stripes = crew.answer("stripes()", counter::stripes);
    if (stripes.length != number || Arrays.stream(stripes).sum() != wanted) {
      String seen = "stripes: " + Arrays.toString(stripes);
      throw wrong("stripes()", number + " stripes should make the sum, they do not", seen);
    }
    Arrays.fill(stripes, 0);
    if (crew.answer("sum()", counter::sum) != wanted) {
      throw wrong("stripes()", "who writes into the array that stripes() gave changes the sum");
    }
    stripes = crew.answer("stripes()", counter::stripes);
    long used = Arrays.stream(stripes).filter(value -> value != 0).count();
    if (used < (number + 1) / 2) {
      String sentence = "48 threads used less than half of " + number + " stripes";
      throw wrong("add(delta)", sentence, "used: " + used);
    }
  }

  /** Held up at random between two steps, one of them stands in the way if it can. */
  @CheckId(value = "C3", points = 2)
  @Test
  void threads_that_add_to_different_stripes_do_not_wait_for_each_other(Crew crew) {
    StripedCounter counter = counter(crew, 64);
    for (int i = 0; i < 2; i++) {
      // So that nothing is loaded or initialized any more.
      crew.done("add(delta)", () -> counter.add(1));
    }
    long[] before = crew.answer("stripes()", counter::stripes);
    List<Long> waits = Collections.synchronizedList(new ArrayList<>());
    crew.noisy();
    List<Step<Void>> adding =
        crew.atOnce(
            2,
            "add(delta)",
            i ->
                () -> {
                  long blocked = timesBlocked();
                  for (int n = 0; n < 2_000; n++) {
                    counter.add(1);
                  }
                  waits.add(timesBlocked() - blocked);
                });
    waits.add(timesSeenAtALock(adding));
    crew.allFinish(adding, "nobody holds it up");
    crew.quiet();

    long[] after = crew.answer("stripes()", counter::stripes);
    long used = IntStream.range(0, 64).filter(i -> after[i] != before[i]).count();
    // With one stripe they have the same, and with more than two they may meet at one.
    if (used == 2 && Collections.max(waits) > BY_CHANCE) {
      String sentence = "two threads added to different stripes, and one waited for the other";
      throw Failure.of(
          Kind.OVERSYNC,
          sentence,
          Students.lineOf("add(delta)"),
          List.of("times that each was held up at a monitor, and seen at a lock: " + waits));
    }
  }

  /** The JVM counts who waits for a monitor, but not who waits for a lock. */
  private static long timesSeenAtALock(List<Step<Void>> adding) {
    long seen = 0;
    for (int looks = 0; looks < 20_000 && !adding.stream().allMatch(Step::isOver); looks++) {
      seen += adding.stream().filter(step -> isAtALock(step.thread())).count();
      LockSupport.parkNanos(50_000);
    }
    return seen;
  }

  private static boolean isAtALock(Thread thread) {
    Object blocker = LockSupport.getBlocker(thread);
    return blocker != null
        && LOCKS.stream().anyMatch(lock -> blocker.getClass().getName().startsWith(lock.getName()));
  }

  private static long timesBlocked() {
    long id = Thread.currentThread().getId();
    return JVM.getThreadInfo(id).getBlockedCount();
  }

  @CheckId("C2")
  @Test
  void one_stripe_and_negative_numbers_are_fine(Crew crew) {
    StripedCounter counter = counter(crew, 1);
    crew.done("add(delta)", () -> counter.add(-7));
    crew.done("add(delta)", () -> counter.add(Long.MAX_VALUE));
    long sum = crew.answer("sum()", counter::sum);
    if (sum != Long.MAX_VALUE - 7) {
      throw wrong("sum()", "-7 and Long.MAX_VALUE were added, and the sum is " + sum);
    }
    StripedCounter other = counter(crew, 1);
    crew.done("add(delta)", () -> other.add(3));
    long both = crew.answer("sum()", counter::sum) - crew.answer("sum()", other::sum);
    if (both != Long.MAX_VALUE - 10) {
      throw wrong("sum()", "two counters know nothing of each other, and their sums do not fit");
    }
  }

  @CheckId(value = "X1", points = 3)
  @Explore
  void no_addition_is_lost_or_seen_too_early(Scenario s) {
    StripedCounter counter = new StripedCounter(2);
    Tally begun = s.tally("begun");
    for (String name : new String[] {"A", "B"}) {
      s.thread(
          name,
          () -> {
            begun.add(1);
            counter.add(1);
            s.require(counter.sum() >= 1, "a thread had added 1, and the sum was less");
          });
    }
    s.thread(
        "C",
        () -> {
          long first = counter.sum();
          long second = counter.sum();
          s.require(first <= second, "the sum went down although only 1 was added");
          s.require(second <= begun.get(), "the sum was more than was being added");
        });
    s.atEnd("two additions of 1 make 2", () -> counter.sum() == 2);
  }

  @CheckId("X2")
  @Explore
  void threads_of_the_same_stripe_lose_nothing_either(Scenario s) {
    StripedCounter counter = new StripedCounter(1);
    for (String name : new String[] {"A", "B"}) {
      s.thread(name, () -> counter.add(1));
    }
    s.atEnd("two additions of 1 make 2", () -> counter.sum() == 2);
  }

  @CheckId("S1")
  @Test
  void is_built_from_simpler_things_and_by_the_given_clock(Crew crew) {
    counter(crew, 1);
    crew.answer(KNEE, () -> Scaling.knee(new int[] {1}, new double[] {1}, 0.1));

    Structure.of(Scaling.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks")
        .mayUse(VarHandle.class, MethodHandles.class, MethodHandles.Lookup.class)
        .asksToBuild(LongAdder.class, LongAccumulator.class)
        .mustNotCall("java.lang.System.nanoTime", "java.lang.System.currentTimeMillis")
        .holds();
  }

  private static StripedCounter counter(Crew crew, int stripes) {
    return crew.make("new StripedCounter(stripes)", () -> new StripedCounter(stripes));
  }

  private static Failure wrong(String call, String sentence, String... measured) {
    return Failure.of(Kind.CONTRACT, sentence, Students.lineOf(call), List.of(measured));
  }
}
