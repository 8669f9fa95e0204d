package threadmill.harness;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Gives JUnit tests of a {@link Contract} their {@link Crew}, and skips what meets a stub. */
final class JupiterGlue implements ParameterResolver, TestExecutionExceptionHandler {
  private static final Namespace SPACE = Namespace.create(JupiterGlue.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Crew.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // The store closes what it holds when the test is over.
    Crew crew = new Crew();
    context.getStore(SPACE).put(Crew.class, crew);
    return crew;
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
