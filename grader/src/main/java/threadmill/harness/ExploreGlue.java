package threadmill.harness;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opentest4j.TestAbortedException;
import threadmill.explore.Explorer;
import threadmill.explore.Scenario;
import threadmill.model.Finding;
import threadmill.model.Kind;

/** Lets the explorer run a contract's scenarios and turns what it finds into a {@link Failure}. */
final class ExploreGlue {
  /** The schedule to run instead of a search, from the command line. */
  private static final String REPLAY = "threadmill.replay";

  private static final Explorer EXPLORER =
      new Explorer(
          ExploreGlue.class.getClassLoader(), Students::isContractOrTheirs, Students::isTheirs);

  private ExploreGlue() {}

  static boolean isScenario(Method method) {
    return List.of(method.getParameterTypes()).contains(Scenario.class);
  }

  /** Explores one scenario and throws what it finds. */
  static void explore(Method method, List<?> arguments) {
    Explore options = method.getAnnotation(Explore.class);
    int budget = options == null ? PER_SAMPLE : options.schedules();
    String type = method.getDeclaringClass().getName();
    String replay = System.getProperty(REPLAY);
    Explorer.Result result =
        replay == null
            ? EXPLORER.explore(type, method.getName(), arguments, budget, Seed.current())
            : EXPLORER.replay(type, method.getName(), arguments, replay);
    if (result.finding().isEmpty()) {
      return;
    }
    Throwable thrown = result.thrown().orElse(null);
    if (NotStarted.isBehind(thrown)) {
      throw new TestAbortedException("not started", thrown);
    }
    throw new Failure(finding(result, thrown));
  }

  private static final int PER_SAMPLE = 300;

  private static Finding finding(Explorer.Result result, Throwable thrown) {
    Finding finding = result.finding().get();
    if (finding.kind() == Kind.INCONCLUSIVE) {
      return finding.with(List.of(result.coverage()));
    }
    List<String> more = new ArrayList<>();
    if (thrown != null) {
      Optional.of(thrown.getStackTrace())
          .ifPresent(s -> java.util.Arrays.stream(s).filter(Students::isTheirs).limit(4).forEach(f -> more.add("at " + f)));
    }
    return finding.with(more);
  }
}
