package threadmill.explore.sim;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;

/**
 * Simulated threads on the JVM's own continuations (JDK 21 and newer, when {@code jdk.internal.vm}
 * is open to us): a switch costs a fraction of a microsecond, and a run that is over is forgotten.
 */
final class ContinuationEngine implements Engine {
  private static final String PACKAGE = "jdk.internal.vm.";

  private final MethodHandle create;
  private final MethodHandle run;
  private final MethodHandle yield;
  private final Object scope;
  private SimThread next;

  private ContinuationEngine() throws ReflectiveOperationException {
    Class<?> scopeType = Class.forName(PACKAGE + "ContinuationScope");
    Class<?> type = Class.forName(PACKAGE + "Continuation");
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    scope = scopeType.getConstructor(String.class).newInstance("threadmill");
    create =
        lookup
            .findConstructor(type, MethodType.methodType(void.class, scopeType, Runnable.class))
            .asType(MethodType.methodType(Object.class, Object.class, Runnable.class));
    run =
        lookup
            .findVirtual(type, "run", MethodType.methodType(void.class))
            .asType(MethodType.methodType(void.class, Object.class));
    yield =
        lookup
            .findStatic(type, "yield", MethodType.methodType(boolean.class, scopeType))
            .asType(MethodType.methodType(boolean.class, Object.class));
  }

  /** An engine, if this JVM has and opens continuations. */
  static Optional<Engine> ifPossible() {
    try {
      return Optional.of(new ContinuationEngine());
    } catch (ReflectiveOperationException | LinkageError e) {
      return Optional.empty();
    }
  }

  @Override
  public void run(SimThread first) {
    next = first;
    while (next != null) {
      SimThread now = next;
      next = null;
      try {
        if (now.fiber == null) {
          Runnable life = () -> now.world.live(now);
          now.fiber = create.invokeExact(scope, life);
        }
        run.invokeExact(now.fiber);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void transfer(SimThread from, SimThread to) {
    next = to;
    try {
      boolean ignored = (boolean) yield.invokeExact(scope);
    } catch (IllegalStateException pinned) {
      throw new Refused("a switch inside native code (" + pinned.getMessage() + ")");
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void finish(SimThread from, SimThread to) {
    next = to;
  }

  @Override
  public void abandon(SimThread thread) {
    // A continuation that is never run again is garbage.
  }

  @Override
  public String words() {
    return "continuations";
  }
}
