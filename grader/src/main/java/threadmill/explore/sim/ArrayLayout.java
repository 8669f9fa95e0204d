package threadmill.explore.sim;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** How this JVM lays out arrays: needed to read the offsets in the JDK's own code. */
final class ArrayLayout {
  static final int BASE = ask("arrayBaseOffset");
  static final int REFERENCE_SIZE = ask("arrayIndexScale");

  private ArrayLayout() {}

  private static int ask(String question) {
    try {
      Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Object unsafe = lookup.findStatic(type, "getUnsafe", MethodType.methodType(type)).invoke();
      for (Class<?> result : new Class<?>[] {int.class, long.class}) {
        try {
          MethodHandle method =
              lookup.findVirtual(type, question, MethodType.methodType(result, Class.class));
          return ((Number) method.invoke(unsafe, Object[].class)).intValue();
        } catch (NoSuchMethodException e) {
          // The result's type differs between releases.
        }
      }
      throw new IllegalStateException("Unsafe does not answer " + question);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
