package threadmill.explore.sim;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the elements of a buffer lie: in an array, or at an address; views share them. */
final class BufferLayout {
  private static final Class<?> UNSAFE;
  private static final MethodHandle OFFSET;
  private static final MethodHandle LONG;
  private static final MethodHandle REFERENCE;
  private static final long ADDRESS;

  /** Where a class keeps its array, or the buffer that it is a view of; -1 if it has none. */
  private static final Map<String, Long> OFFSETS = new ConcurrentHashMap<>();

  static {
    try {
      UNSAFE = Class.forName("jdk.internal.misc.Unsafe");
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Object unsafe =
          lookup.findStatic(UNSAFE, "getUnsafe", MethodType.methodType(UNSAFE)).invoke();
      OFFSET =
          lookup
              .findVirtual(
                  UNSAFE,
                  "objectFieldOffset",
                  MethodType.methodType(long.class, Class.class, String.class))
              .bindTo(unsafe);
      LONG =
          lookup
              .findVirtual(
                  UNSAFE, "getLong", MethodType.methodType(long.class, Object.class, long.class))
              .bindTo(unsafe);
      REFERENCE =
          lookup
              .findVirtual(
                  UNSAFE,
                  "getReference",
                  MethodType.methodType(Object.class, Object.class, long.class))
              .bindTo(unsafe);
      ADDRESS = (long) OFFSET.invoke(Buffer.class, "address");
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private BufferLayout() {}

  static long address(Buffer buffer) {
    try {
      return (long) LONG.invoke((Object) buffer, ADDRESS);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The array that holds the elements, or null. */
  static Object base(Buffer buffer) {
    Object array = value(buffer, "hb");
    if (array != null) {
      return array;
    }
    return value(buffer, "bb") instanceof ByteBuffer viewed ? base(viewed) : null;
  }

  private static Object value(Buffer buffer, String field) {
    for (Class<?> type = buffer.getClass(); type != Buffer.class; type = type.getSuperclass()) {
      Class<?> owner = type;
      long offset =
          OFFSETS.computeIfAbsent(type.getName() + "." + field, k -> offset(owner, field));
      if (offset >= 0) {
        try {
          return (Object) REFERENCE.invoke((Object) buffer, offset);
        } catch (Throwable e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return null;
  }

  private static long offset(Class<?> owner, String field) {
    try {
      return (long) OFFSET.invoke(owner, field);
    } catch (InternalError e) {
      return -1;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
