package threadmill.harness;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A scenario on real threads; what is no wait of the program's is not taken for one. */
class RealScenarioTest {
  private static final long MOST_HELD_NANOS = 500_000_000L;
  private static final long COMPUTED_NANOS = 300_000_000L;

  private final AtomicBoolean inside = new AtomicBoolean();
  private final AtomicBoolean toldTooEarly = new AtomicBoolean();
  private final AtomicBoolean told = new AtomicBoolean();

  @Test
  void a_thread_that_queues_behind_one_that_we_hold_up_does_not_wait_yet() {
    try (Crew crew = new Crew()) {
      RealScenario scenario = new RealScenario(crew);
      scenario.thread("A", this::isHeldUpInside);
      scenario.thread(
          "B",
          () -> {
            while (!inside.get()) {
              Thread.onSpinWait();
            }
            synchronized (this) {
              inside.set(false);
            }
          });
      scenario.thread(
          "C",
          () -> {
            scenario.untilWaiting("B");
            toldTooEarly.set(inside.get());
            told.set(true);
          });
      run(crew, scenario);
      assertTrue(told.get());
      assertFalse(toldTooEarly.get());
    }
  }

  @Test
  void a_thread_that_has_not_begun_does_not_wait() {
    try (Crew crew = new Crew()) {
      RealScenario scenario = new RealScenario(crew);
      scenario.thread("A", () -> inside.set(true));
      scenario.thread(
          "B",
          () -> {
            scenario.untilWaiting("A");
            told.set(inside.get());
          });
      run(crew, scenario);
      assertTrue(told.get());
    }
  }

  @Test
  void a_thread_that_computes_is_not_taken_for_one_that_waits() {
    try (Crew crew = new Crew()) {
      RealScenario scenario = new RealScenario(crew);
      scenario.thread(
          "A",
          () -> {
            long begin = Probe.of(Thread.currentThread()).cpuNanos();
            while (Probe.of(Thread.currentThread()).cpuNanos() - begin < COMPUTED_NANOS) {
              Thread.onSpinWait();
            }
            inside.set(true);
          });
      scenario.thread(
          "B",
          () -> {
            scenario.untilWaiting("A");
            told.set(inside.get() || scenario.isOutOfStep());
          });
      run(crew, scenario);
      assertTrue(told.get());
    }
  }

  @Test
  void two_that_wait_for_the_same_thread_to_wait_do_not_keep_each_other_awake() {
    try (Crew crew = new Crew()) {
      RealScenario scenario = new RealScenario(crew);
      CountDownLatch door = new CountDownLatch(1);
      scenario.thread("A", door::await);
      scenario.thread("B", () -> scenario.untilWaiting("A"));
      scenario.thread(
          "C",
          () -> {
            scenario.untilWaiting("A");
            scenario.untilWaiting("A");
            told.set(!scenario.isOutOfStep());
            door.countDown();
          });
      long begin = System.nanoTime();
      run(crew, scenario);
      assertTrue(told.get());
      assertTrue(scenario.lookedSince(begin));
    }
  }

  /** With the monitor, until the scenario goes on without it or for half a second. */
  private synchronized void isHeldUpInside() {
    long since = System.nanoTime();
    Noise.follow(
        new Noise.Plan(
            1,
            () -> {
              while (!told.get() && System.nanoTime() - since < MOST_HELD_NANOS) {
                Noise.pause();
              }
            }));
    inside.set(true);
    Noise.point();
  }

  private static void run(Crew crew, RealScenario scenario) {
    crew.noisy();
    CountDownLatch gate = new CountDownLatch(scenario.threads().size());
    List<Step<Void>> steps = scenario.threadsBehind(gate);
    steps.forEach(Step::begin);
    crew.allFinish(steps, "nothing holds them up for good");
  }
}
