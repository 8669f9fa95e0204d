package threadmill.harness;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import threadmill.explore.Scenario;
import threadmill.model.Finding;
import threadmill.model.Kind;

/**
 * Asks on real threads what was explored: a program can be right where it is watched and wrong
 * elsewhere, by intent or by something that the explorer does not see. How many rounds there are,
 * and how many scenarios run side by side in each, follows from the check's seed.
 */
final class SecondWitness {
  private static final int FEWEST = 12;
  private static final int MORE = 8;

  /** A round in which threads wait to the end, or for a clock, takes as long as so many others. */
  private static final int COST_OF_WAITING = 4;

  private static final int SIDE_BY_SIDE = 4;
  private static final int MOST_THREADS = 60;

  private final Method method;
  private final List<?> arguments;
  private final Random random;
  private boolean waits;

  private SecondWitness(Method method, List<?> arguments, long seed) {
    this.method = method;
    this.arguments = arguments;
    this.random = new Random(seed);
  }

  /**
   * Runs a scenario again and again.
   *
   * @param share of the usual rounds, for what is asked for many samples
   * @return what went wrong in one of them, or nothing; also if the machine was too busy to tell,
   *     or the scenario is about exact time
   */
  static Optional<Finding> ask(Method method, List<?> arguments, long seed, double share) {
    SecondWitness witness = new SecondWitness(method, arguments, seed);
    int rounds = (int) Math.ceil((FEWEST + witness.random.nextInt(MORE)) * share);
    try {
      for (int round = 0, spent = 0; spent < rounds; round++) {
        if (!witness.round(round % 3 != 0)) {
          break;
        }
        spent += witness.waits ? COST_OF_WAITING : 1;
      }
      return Optional.empty();
    } catch (Failure failure) {
      return Optional.of(failure.finding()).filter(f -> f.kind() != Kind.INCONCLUSIVE);
    }
  }

  /** Whether another round would say anything. */
  private boolean round(boolean noisy) {
    try (Crew crew = new Crew()) {
      List<RealScenario> scenarios = new ArrayList<>();
      // What is seldom asked is asked of more at a time.
      int count = 1 + random.nextInt(SIDE_BY_SIDE * (waits ? 4 : 1));
      for (int threads = 0; scenarios.size() < count && threads < MOST_THREADS; ) {
        RealScenario scenario = new RealScenario(crew);
        crew.does("the scenario", () -> write(scenario)).finishes("nothing holds it up");
        scenarios.add(scenario);
        threads += scenario.threads();
      }
      if (scenarios.get(0).needsExactTime()) {
        return false;
      }
      if (noisy) {
        crew.noisy();
      }
      start(scenarios);
      for (RealScenario scenario : scenarios) {
        mustEnd(crew, scenario, noisy);
      }
      waits |= !scenarios.stream().allMatch(RealScenario::isOver);
      crew.quiet();
      crew.untilStillOr(() -> scenarios.stream().allMatch(RealScenario::isOver));
      scenarios.forEach(RealScenario::mustHold);
      if (scenarios.stream().anyMatch(RealScenario::endsAllThreads)) {
        crew.leavesNothing("the scenario");
      }
      return true;
    }
  }

  private static void start(List<RealScenario> scenarios) {
    CountDownLatch gate =
        new CountDownLatch(scenarios.stream().mapToInt(RealScenario::threads).sum());
    List<Step<Void>> all = scenarios.stream().flatMap(s -> s.threadsBehind(gate).stream()).toList();
    all.forEach(Step::begin);
  }

  private void mustEnd(Crew crew, RealScenario scenario, boolean noisy) {
    List<Step<Void>> calls = scenario.mustEnd();
    boolean ended =
        crew.comesTrue(
            () -> {
              // Noise sleeps, too.
              waits |= !noisy && calls.stream().anyMatch(s -> Probe.of(s.thread()).timed());
              return calls.stream().anyMatch(Step::hasFailed)
                  || calls.stream().allMatch(Step::isOver);
            });
    if (!ended) {
      throw scenario.stuck(calls.stream().filter(s -> !s.isOver()).findFirst().orElseThrow());
    }
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
