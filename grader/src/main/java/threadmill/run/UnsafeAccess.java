package threadmill.run;

import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * Closes {@code sun.misc.Unsafe}, which reads and writes any field and any memory and is open to
 * everybody: its only instance is taken out of it, so that nobody gets at it later.
 */
final class UnsafeAccess {
  private UnsafeAccess() {}

  /** Needs {@code jdk.internal.misc}; where there is no such class there is nothing to close. */
  static void close() {
    try {
      Field only = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
      Class<?> internal = Class.forName("jdk.internal.misc.Unsafe");
      Object unsafe = internal.getMethod("getUnsafe").invoke(null);
      Method base = internal.getMethod("staticFieldBase", Field.class);
      Method offset = internal.getMethod("staticFieldOffset", Field.class);
      internal
          .getMethod("putReferenceVolatile", Object.class, long.class, Object.class)
          .invoke(unsafe, base.invoke(unsafe, only), offset.invoke(unsafe, only), null);
    } catch (ClassNotFoundException | NoSuchFieldException e) {
      // This JDK has none.
      return;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM cannot be closed to submissions", e);
    }
  }
}
