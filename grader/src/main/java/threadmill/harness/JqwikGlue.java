package threadmill.harness;

import java.util.List;
import java.util.Optional;
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

/**
 * Gives jqwik properties of a {@link Contract} a fresh {@link Crew} in every try, skips what meets
 * a stub, and adds the shrunk sample to the finding.
 */
final class JqwikGlue implements ResolveParameterHook, AroundTryHook, AroundPropertyHook {
  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public Optional<ParameterSupplier> resolve(
      ParameterResolutionContext parameter, LifecycleContext context) {
    boolean wanted = parameter.typeUsage().isOfType(Crew.class);
    return wanted ? Optional.of(tryContext -> new Crew()) : Optional.empty();
  }

  @Override
  public TryExecutionResult aroundTry(
      TryLifecycleContext context, TryExecutor executor, List<Object> parameters) {
    try {
      return executor.execute(parameters);
    } finally {
      parameters.stream().filter(Crew.class::isInstance).forEach(c -> ((Crew) c).close());
    }
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
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
    return result;
  }

  private static List<String> sample(PropertyExecutionResult result) {
    return result.falsifiedParameters().orElse(List.of()).stream()
        .filter(p -> !(p instanceof Crew))
        .map(Words::shown)
        .collect(Collectors.collectingAndThen(Collectors.joining("; "), JqwikGlue::asEvidence));
  }

  private static List<String> asEvidence(String values) {
    return values.isEmpty() ? List.of() : List.of("failing case: " + values);
  }
}
