package threadmill.harness;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import threadmill.evidence.RunningCheck;
import threadmill.explore.Scenario;
import threadmill.model.Finding;
import threadmill.model.Kind;

/**
 * Asks on real threads what was explored: a program can be right where it is watched and wrong
 * elsewhere, by intent or by something that the explorer does not see. Most of the many scenarios
 * that run side by side have one thread that is held up at one point of its own until the others
 * rest, another one in each; the others meet noise. The order follows from the check's seed.
 */
final class SecondWitness {
  /** A round in which threads wait to the end, or for a clock, takes as long as so many others. */
  private static final int COST_OF_WAITING = 2;

  private static final int SIDE_BY_SIDE = 8;
  private static final int MOST_THREADS = 60;
  private static final int MOST_POINTS = 64;
  private static final int NOISY = 4;

  /** Where to hold up which thread. */
  private record Preemption(String thread, int point) {}

  private final Method method;
  private final List<?> arguments;
  private final Random random;
  private final Map<String, Integer> points = new LinkedHashMap<>();
  private final Deque<Preemption> untried = new ArrayDeque<>();
  private boolean waits;
  private int asked;

  private SecondWitness(Method method, List<?> arguments, long seed) {
    this.method = method;
    this.arguments = arguments;
    this.random = new Random(seed);
  }

  /**
   * Runs a scenario again and again.
   *
   * @param rounds how many
   * @return what went wrong in one of them, or nothing; also if the machine was too busy to tell,
   *     or the scenario is about exact time
   */
  static Optional<Finding> ask(Method method, List<?> arguments, long seed, int rounds) {
    SecondWitness witness = new SecondWitness(method, arguments, seed);
    try {
      for (int spent = 0; spent < rounds && witness.round(); ) {
        spent += witness.waits ? COST_OF_WAITING : 1;
      }
      return Optional.empty();
    } catch (Failure failure) {
      return Optional.of(failure.finding()).filter(f -> f.kind() != Kind.INCONCLUSIVE);
    }
  }

  /** Whether another round would say anything. */
  private boolean round() {
    try (Crew crew = new Crew()) {
      List<RealScenario> scenarios = new ArrayList<>();
      // The first one alone tells how many points there are, and what it costs.
      int most = asked == 0 ? 1 : SIDE_BY_SIDE * (waits ? 2 : 1);
      for (int threads = 0; scenarios.size() < most && threads < MOST_THREADS; ) {
        RealScenario scenario = new RealScenario(crew);
        crew.does("the scenario", () -> write(scenario)).finishes("nothing holds it up");
        plan(scenario);
        scenarios.add(scenario);
        threads += scenario.threads().size();
      }
      if (scenarios.get(0).needsExactTime()) {
        return false;
      }
      // The limit of processor time is one for all threads, and these are many.
      crew.noisy().heavy();
      start(scenarios);
      Optional<RealScenario> stuck = oneThatDoesNotEnd(crew, scenarios);
      crew.quiet();
      // With noise, or while it looks at its threads, a scenario seems to poll or to run in a loop.
      for (boolean disturbed = true; disturbed && stuck.isPresent(); ) {
        long since = System.nanoTime();
        stuck = oneThatDoesNotEnd(crew, scenarios);
        disturbed = scenarios.stream().anyMatch(scenario -> scenario.lookedSince(since));
      }
      boolean settled = stuck.isPresent() || crew.untilStillOr(() -> isOver(crew, scenarios));
      waits |= !isOver(crew, scenarios);
      if (!settled || scenarios.stream().anyMatch(RealScenario::isOutOfStep)) {
        RunningCheck.current().over(thread -> false);
        return true;
      }
      if (stuck.isPresent()) {
        throw stuck.get().stuck();
      }
      scenarios.forEach(RealScenario::mustHold);
      scenarios.forEach(s -> s.points().forEach((name, n) -> points.merge(name, n, Math::max)));
      if (scenarios.stream().anyMatch(RealScenario::endsAllThreads)) {
        crew.leavesNothing("the scenario");
      }
      return true;
    }
  }

  /** Threads that the program has started may still be at work. */
  private static boolean isOver(Crew crew, List<RealScenario> scenarios) {
    return scenarios.stream().allMatch(RealScenario::isOver) && crew.threads().isEmpty();
  }

  private void plan(RealScenario scenario) {
    if (asked++ == 0) {
      scenario.holdUp(scenario.threads().iterator().next(), 0);
    } else if (asked % NOISY != 0) {
      next().ifPresent(p -> scenario.holdUp(p.thread(), p.point()));
    }
  }

  private Optional<Preemption> next() {
    if (untried.isEmpty()) {
      List<Preemption> all = new ArrayList<>();
      points.forEach(
          (name, count) -> {
            for (int point = 1; point <= Math.min(count, MOST_POINTS); point++) {
              all.add(new Preemption(name, point));
            }
          });
      Collections.shuffle(all, random);
      untried.addAll(all);
    }
    return Optional.ofNullable(untried.poll());
  }

  private static void start(List<RealScenario> scenarios) {
    CountDownLatch gate =
        new CountDownLatch(scenarios.stream().mapToInt(each -> each.threads().size()).sum());
    List<Step<Void>> all = scenarios.stream().flatMap(s -> s.threadsBehind(gate).stream()).toList();
    all.forEach(Step::begin);
  }

  private Optional<RealScenario> oneThatDoesNotEnd(Crew crew, List<RealScenario> scenarios) {
    return scenarios.stream().filter(scenario -> !ends(crew, scenario)).findFirst();
  }

  private boolean ends(Crew crew, RealScenario scenario) {
    List<Step<Void>> calls = scenario.mustEnd();
    return crew.comesTrue(
        () -> {
          // Noise sleeps as well, but not in the first.
          waits |= asked == 1 && calls.stream().anyMatch(s -> Probe.of(s.thread()).timed());
          return calls.stream().anyMatch(Step::hasFailed) || calls.stream().allMatch(Step::isOver);
        });
  }

  private void write(RealScenario scenario) throws Exception {
    Object[] values = new Object[method.getParameterCount()];
    for (int i = 0; i < values.length; i++) {
      boolean its = method.getParameterTypes()[i] == Scenario.class;
      values[i] = its ? scenario : arguments.get(i);
    }
    try {
      Constructor<?> constructor = method.getDeclaringClass().getDeclaredConstructor();
      constructor.setAccessible(true);
      method.setAccessible(true);
      method.invoke(constructor.newInstance(), values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }
}
