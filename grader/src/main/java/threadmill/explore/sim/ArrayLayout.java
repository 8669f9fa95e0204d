package threadmill.explore.sim;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** How this JVM lays out arrays: needed to read the offsets in the JDK's own code. */
final class ArrayLayout {
  private static final ClassValue<ArrayLayout> LAYOUTS =
      new ClassValue<>() {
        @Override
        protected ArrayLayout computeValue(Class<?> type) {
          return new ArrayLayout(ask("arrayBaseOffset", type), ask("arrayIndexScale", type));
        }
      };

  /** Where the first element lies, and how many bytes there are from one to the next. */
  final int base;

  final int scale;

  private ArrayLayout(int base, int scale) {
    this.base = base;
    this.scale = scale;
  }

  static ArrayLayout of(Object array) {
    return LAYOUTS.get(array.getClass());
  }

  private static int ask(String question, Class<?> array) {
    try {
      Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Object unsafe = lookup.findStatic(type, "getUnsafe", MethodType.methodType(type)).invoke();
      for (Class<?> result : new Class<?>[] {int.class, long.class}) {
        try {
          MethodHandle method =
              lookup.findVirtual(type, question, MethodType.methodType(result, Class.class));
          return ((Number) method.invoke(unsafe, array)).intValue();
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
