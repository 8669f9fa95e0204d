package threadmill.lab;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.Function;

/** Virtual threads, where this Java has them (21 and newer). */
final class Virtual {
  private Virtual() {}

  /** Starts threads, or empty. */
  static Optional<Function<Runnable, Thread>> starter() {
    try {
      var method = Thread.class.getMethod("startVirtualThread", Runnable.class);
      return Optional.of(body -> start(method, body));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }

  private static Thread start(Method method, Runnable body) {
    try {
      return (Thread) method.invoke(null, body);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
