package threadmill.evidence;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** The stack trace that the JVM noted in an exception, whatever its class says instead. */
public final class OwnStack {
  private static final Method NOTED = noted();

  private OwnStack() {}

  public static StackTraceElement[] of(Throwable throwable) {
    try {
      return NOTED == null
          ? throwable.getStackTrace()
          : (StackTraceElement[]) NOTED.invoke(throwable);
    } catch (IllegalAccessException | InvocationTargetException e) {
      return new StackTraceElement[0];
    }
  }

  /** Private, so that no subclass can stand in for it; null where this JVM does not open it. */
  private static Method noted() {
    try {
      Method method = Throwable.class.getDeclaredMethod("getOurStackTrace");
      return method.trySetAccessible() ? method : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
