package threadmill.harness;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.ParameterResolutionContext;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.ResolveParameterHook;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;
import org.opentest4j.TestAbortedException;
import threadmill.evidence.RunningCheck;
import threadmill.explore.Scenario;
import threadmill.model.Kind;

/**
 * Gives jqwik properties of a {@link Contract} a fresh {@link Crew} in every try, skips what meets
 * a stub, and adds the shrunk sample to the finding.
 */
public final class JqwikGlue implements ResolveParameterHook, AroundTryHook, AroundPropertyHook {
  /**
   * How many smaller samples are tried: a count and no clock, so that the finding is always the
   * same.
   */
  private static final int SHRINKINGS = 60;

  /** What a sample costs of that which takes seconds to fail, since something waits for ever. */
  private static final int SLOW = 12;

  private static final Set<Kind> SLOW_KINDS =
      Set.of(Kind.STUCK, Kind.BUSY, Kind.DEADLOCK, Kind.LEAK, Kind.OVERSYNC, Kind.LIVELOCK);

  /** Stands where the explorer puts a scenario of its own. */
  private static final Scenario NO_SCENARIO =
      (Scenario)
          Proxy.newProxyInstance(
              Scenario.class.getClassLoader(),
              new Class<?>[] {Scenario.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "hashCode" -> 0;
                    case "equals" -> proxy == arguments[0];
                    default -> "a scenario";
                  });

  private boolean falsified;
  private int smaller;

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public Optional<ParameterSupplier> resolve(
      ParameterResolutionContext parameter, LifecycleContext context) {
    if (parameter.typeUsage().isOfType(Scenario.class)) {
      return Optional.of(tryContext -> NO_SCENARIO);
    }
    boolean wanted = parameter.typeUsage().isOfType(Crew.class);
    return wanted ? Optional.of(tryContext -> new Crew()) : Optional.empty();
  }

  @Override
  public TryExecutionResult aroundTry(
      TryLifecycleContext context, TryExecutor executor, List<Object> parameters) {
    if (falsified && smaller >= SHRINKINGS) {
      // jqwik takes the smallest sample so far: no smaller one is tried any more.
      return TryExecutionResult.satisfied();
    }
    TryExecutionResult result =
        ExploreGlue.isScenario(context.targetMethod())
            ? explored(context, parameters)
            : performed(executor, parameters);
    smaller += falsified ? cost(result) : 0;
    falsified |= result.isFalsified();
    return result;
  }

  private static int cost(TryExecutionResult result) {
    boolean slow =
        result.throwable().orElse(null) instanceof Failure failure
            && SLOW_KINDS.contains(failure.finding().kind());
    return slow ? SLOW : 1;
  }

  private static TryExecutionResult performed(TryExecutor executor, List<Object> parameters) {
    try {
      return executor.execute(parameters);
    } finally {
      parameters.stream().filter(Crew.class::isInstance).forEach(c -> ((Crew) c).close());
    }
  }

  private static TryExecutionResult explored(TryLifecycleContext context, List<Object> parameters) {
    try {
      ExploreGlue.explore(context.targetMethod(), parameters);
      return TryExecutionResult.satisfied();
    } catch (Throwable thrown) {
      return TryExecutionResult.falsified(thrown);
    }
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    falsified = false;
    smaller = 0;
    PropertyExecutionResult result = property.execute();
    Throwable thrown = result.throwable().orElse(null);
    if (NotStarted.isBehind(thrown)) {
      return result.mapToAborted(new TestAbortedException("not started", thrown));
    }
    if (thrown instanceof Failure failure) {
      Failure explained = new Failure(failure.finding().with(sample(result)));
      explained.setStackTrace(failure.getStackTrace());
      return result.mapTo(PropertyExecutionResult.Status.FAILED, explained);
    }
    if (result.status() == PropertyExecutionResult.Status.SUCCESSFUL && !falsified) {
      RunningCheck.current().completed();
    }
    return result;
  }

  private static List<String> sample(PropertyExecutionResult result) {
    return result.falsifiedParameters().orElse(List.of()).stream()
        .filter(p -> !(p instanceof Crew) && p != NO_SCENARIO)
        .map(Words::shown)
        .collect(Collectors.collectingAndThen(Collectors.joining("; "), JqwikGlue::asEvidence));
  }

  private static List<String> asEvidence(String values) {
    return values.isEmpty() ? List.of() : List.of("failing case: " + values);
  }
}
