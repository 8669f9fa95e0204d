package threadmill.harness;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;
import threadmill.evidence.RunningCheck;
import threadmill.explore.Scenario;

/** Gives JUnit tests of a {@link Contract} their {@link Crew}, and skips what meets a stub. */
public final class JupiterGlue
    implements ParameterResolver, TestExecutionExceptionHandler, InvocationInterceptor {
  private static final Namespace SPACE = Namespace.create(JupiterGlue.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Crew.class || type == Scenario.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (parameter.getParameter().getType() == Scenario.class) {
      return null;
    }
    // The store closes what it holds when the test is over.
    Crew crew = new Crew();
    context.getStore(SPACE).put(Crew.class, crew);
    return crew;
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    if (ExploreGlue.isScenario(method.getExecutable())) {
      invocation.skip();
      ExploreGlue.explore(method.getExecutable(), method.getArguments());
    } else {
      invocation.proceed();
    }
    RunningCheck.current().completed();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    if (NotStarted.isBehind(thrown)) {
      throw new TestAbortedException("not started", thrown);
    }
    throw thrown;
  }
}
