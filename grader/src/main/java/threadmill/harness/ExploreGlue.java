package threadmill.harness;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import threadmill.evidence.OwnStack;
import threadmill.evidence.RunningCheck;
import threadmill.explore.Explorer;
import threadmill.explore.Scenario;
import threadmill.explore.SelfCheck;
import threadmill.model.Finding;
import threadmill.model.Kind;

/** Lets the explorer run a contract's scenarios and turns what it finds into a {@link Failure}. */
final class ExploreGlue {
  private static final int PER_SAMPLE = 300;
  private static final int LINES = 4;

  /** Of a property's samples one in so many is asked on real threads as well. */
  private static final int SAMPLES = 6;

  /** The usual number of rounds on real threads, and that for a sample. */
  private static final int ROUNDS = 8;

  private static final int ROUNDS_OF_SAMPLE = 3;

  private static final String UNWATCHED =
      "no interleaving that was explored shows it: the program behaves differently when it is not"
          + " watched";

  private static final String REMEDY =
      "; ./threadmill test and mvn test start a JVM with the options that it needs";

  private static final Explorer EXPLORER =
      new Explorer(
          ExploreGlue.class.getClassLoader(), Students::isContractOrTheirs, Students::isTheirs);

  private ExploreGlue() {}

  static boolean isScenario(Method method) {
    return List.of(method.getParameterTypes()).contains(Scenario.class);
  }

  /**
   * Explores one scenario, or runs the schedule that is to be replayed.
   *
   * @param arguments of the method; what stands for the scenario is ignored
   * @throws Failure if something was found
   */
  static void explore(Method method, List<?> arguments) {
    SelfCheck.complaint().ifPresent(c -> fail(Finding.of(Kind.INCONCLUSIVE, c + REMEDY)));
    Optional<String> schedule = RunningCheck.current().schedule();
    Explorer.Result result =
        schedule.isPresent()
            ? replay(method, arguments, schedule.get())
            : search(method, arguments);
    Throwable thrown = result.thrown().orElse(null);
    if (NotStarted.isBehind(thrown)) {
      throw new TestAbortedException("not started", thrown);
    }
    Optional<Finding> explored = result.finding().map(f -> f.with(more(method, result, thrown)));
    boolean clear = explored.isPresent() && explored.get().kind() != Kind.INCONCLUSIVE;
    if (schedule.isEmpty() && !clear) {
      witness(method, arguments).ifPresent(ExploreGlue::fail);
    }
    explored.ifPresent(ExploreGlue::fail);
    RunningCheck.current().observed();
  }

  /** What goes wrong on real threads although, or because, the explorer has found nothing. */
  private static Optional<Finding> witness(Method method, List<?> arguments) {
    boolean alone = method.isAnnotationPresent(Explore.class);
    if (!alone && RunningCheck.current().sample() % SAMPLES != 0) {
      return Optional.empty();
    }
    long seed = RunningCheck.current().seed();
    return SecondWitness.ask(method, arguments, seed, alone ? ROUNDS : ROUNDS_OF_SAMPLE)
        .map(
            f ->
                new Finding(f.kind(), "on real threads, " + f.sentence(), f.where(), f.evidence())
                    .with(List.of(UNWATCHED)));
  }

  private static Explorer.Result search(Method method, List<?> arguments) {
    Explore options = method.getAnnotation(Explore.class);
    int budget = options == null ? PER_SAMPLE : options.schedules();
    String type = method.getDeclaringClass().getName();
    long seed = RunningCheck.current().seed();
    return EXPLORER.explore(type, method.getName(), arguments, budget, seed);
  }

  private static Explorer.Result replay(Method method, List<?> arguments, String schedule) {
    String type = method.getDeclaringClass().getName();
    try {
      return EXPLORER.replay(type, method.getName(), arguments, schedule);
    } catch (IllegalArgumentException e) {
      throw new Failure(Finding.of(Kind.INCONCLUSIVE, e.getMessage()));
    }
  }

  private static void fail(Finding finding) {
    throw new Failure(finding);
  }

  /** Where it was thrown, and how to see the same schedule again. */
  private static List<String> more(Method method, Explorer.Result result, Throwable thrown) {
    List<String> lines = new ArrayList<>();
    if (thrown != null) {
      Stream.of(OwnStack.of(thrown))
          .filter(Students::isTheirs)
          .limit(LINES)
          .forEach(f -> lines.add("at " + f));
    }
    CheckId id = method.getAnnotation(CheckId.class);
    boolean alone = method.getParameterCount() == 1;
    if (id != null && alone && result.schedule().isPresent()) {
      String exercise = method.getDeclaringClass().getPackageName();
      lines.add(
          "replay: ./threadmill replay "
              + exercise
              + ":"
              + id.value()
              + ":"
              + result.schedule().get());
    }
    if (result.finding().get().kind() == Kind.INCONCLUSIVE) {
      lines.add(result.coverage());
    }
    return lines;
  }
}
