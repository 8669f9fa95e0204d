package threadmill.run;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import threadmill.evidence.RunningCheck;
import threadmill.harness.Failure;
import threadmill.harness.Thrown;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Outcome;

/** Runs one check with the JUnit Platform in this JVM and tells how it ended. */
final class CheckRun {
  /** How it ended and, unless it passed, why. */
  record Ended(Outcome outcome, Optional<Finding> finding) {
    static Ended inconclusive(String sentence) {
      return new Ended(Outcome.INCONCLUSIVE, Optional.of(Finding.of(Kind.INCONCLUSIVE, sentence)));
    }
  }

  private CheckRun() {}

  static Ended run(Wire.Ask ask) {
    RunningCheck.begin(ask.seed(), ask.schedule());
    try {
      Class<?> contract = Class.forName(ask.testClass());
      Listener listener = new Listener(contract);
      launcher(ask.seed()).execute(request(contract, ask.method()), listener);
      return listener.ended.outcome() == Outcome.PASSED ? borneOut(listener) : listener.ended;
    } catch (ReflectiveOperationException | LinkageError e) {
      return Ended.inconclusive("the check cannot be loaded: " + e);
    }
  }

  /** What the framework calls a pass, as the harness saw it. */
  private static Ended borneOut(Listener listener) {
    RunningCheck check = RunningCheck.current();
    if (check.caught().isPresent()) {
      return listener.explain(check.caught().get());
    }
    if (check.bearsOutAPass()) {
      return new Ended(Outcome.PASSED, Optional.empty());
    }
    String sentence = "the check is said to have passed, and the harness has not seen it";
    return new Ended(Outcome.FAILED, Optional.of(Finding.of(Kind.TAMPER, sentence)));
  }

  private static Launcher launcher(long seed) {
    return LauncherFactory.create(
        LauncherConfig.builder()
            .enableTestEngineAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .addTestEngines(new JupiterTestEngine(), new SeededJqwik(seed))
            .build());
  }

  private static LauncherDiscoveryRequest request(Class<?> type, String name)
      throws NoSuchMethodException {
    Method method =
        Stream.of(type.getDeclaredMethods())
            .filter(m -> m.getName().equals(name))
            .findFirst()
            .orElseThrow(() -> new NoSuchMethodException(type.getName() + "." + name));
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(DiscoverySelectors.selectMethod(type, method))
        .enableImplicitConfigurationParameters(false)
        .configurationParameter("jqwik.database", "")
        .configurationParameter("jqwik.reporting.usejunitplatform", "true")
        // The harness ends it long before.
        .configurationParameter("jqwik.shrinking.bounded.seconds", "60")
        .configurationParameter("jqwik.seeds.whenfixed", "ALLOW")
        .build();
  }

  private static final class Listener implements TestExecutionListener {
    private final Class<?> contract;
    private Ended ended = Ended.inconclusive("the check did not run");

    Listener(Class<?> contract) {
      this.contract = contract;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      ended = Ended.inconclusive("the check was skipped: " + reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      boolean failed = result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
      if (test.isTest() || failed) {
        ended =
            result
                .getThrowable()
                .map(this::explain)
                .orElseGet(() -> new Ended(Outcome.PASSED, Optional.empty()));
      }
    }

    private Ended explain(Throwable thrown) {
      // It may be the student's own, and hostile in every method it has.
      Thrown known = Thrown.of(thrown);
      if (known.notStarted()) {
        return new Ended(Outcome.NOT_STARTED, Optional.empty());
      }
      Finding finding = finding(known);
      Outcome outcome = finding.kind() == Kind.INCONCLUSIVE ? Outcome.INCONCLUSIVE : Outcome.FAILED;
      return new Ended(outcome, Optional.of(finding));
    }

    private Finding finding(Thrown thrown) {
      if (thrown.throwable() instanceof Failure failure) {
        return failure.finding();
      }
      if (thrown.throwable() instanceof AssertionError) {
        return Finding.of(Kind.CONTRACT, thrown.message());
      }
      Finding crash =
          thrown
              .where()
              .map(line -> Finding.of(Kind.CRASH, "your code threw " + thrown).at(line))
              .or(() -> NullResult.finding(thrown.throwable(), contract))
              .orElseGet(() -> Finding.of(Kind.INCONCLUSIVE, "the check itself failed: " + thrown));
      return crash.with(thrown.stack().stream().limit(8).map(f -> "at " + f).toList());
    }
  }
}
