package threadmill.explore.sim;

import java.util.Locale;

/**
 * What an access method of VarHandle or Unsafe does, as a number that fits into bytecode: what sort
 * of access, in which mode, and how an update orders memory.
 */
public final class Access {
  private static final int READ = 0;
  private static final int WRITE = 1 << 4;
  private static final int UPDATE = 2 << 4;
  private static final Memory.Mode[] MODES = Memory.Mode.values();

  private Access() {}

  /**
   * The number of a method of VarHandle, or of Unsafe without its type ({@code compareAndSetInt} as
   * {@code compareAndSet}).
   */
  public static int of(String method) {
    String name = method.toLowerCase(Locale.ROOT);
    int mode =
        name.endsWith("volatile")
            ? Memory.Mode.VOLATILE.ordinal()
            : name.endsWith("acquire") || name.endsWith("release")
                ? Memory.Mode.ACQUIRE_RELEASE.ordinal()
                : name.endsWith("opaque") ? Memory.Mode.OPAQUE.ordinal() : -1;
    if (name.startsWith("getand")
        || name.startsWith("compareand")
        || name.startsWith("weakcompareand")) {
      int order =
          name.endsWith("plain")
              ? Memory.Mode.PLAIN.ordinal()
              : mode < 0 ? Memory.Mode.VOLATILE.ordinal() : mode;
      int half = name.endsWith("acquire") ? 1 << 8 : name.endsWith("release") ? 2 << 8 : 0;
      return UPDATE | order | half;
    }
    int plain = mode < 0 ? Memory.Mode.PLAIN.ordinal() : mode;
    return (name.startsWith("get") ? READ : WRITE) | plain;
  }

  /** How many of the arguments, counted from the last, are values and not coordinates. */
  public static int values(String method) {
    String name = method.toLowerCase(Locale.ROOT);
    if (name.contains("compareand")) {
      return 2;
    }
    return name.startsWith("getand") || name.startsWith("set") || name.startsWith("put") ? 1 : 0;
  }

  static boolean isRead(int access) {
    return (access & 0xF0) == READ;
  }

  static boolean isWrite(int access) {
    return (access & 0xF0) == WRITE;
  }

  static Memory.Mode mode(int access) {
    return MODES[access & 0xF];
  }

  /**
   * The same access, as if volatile. The JDK's own classes know why they may do with less; what
   * they promise is what counts here.
   */
  static int strong(int access) {
    return mode(access) == Memory.Mode.PLAIN
        ? access
        : access & 0xF0 | Memory.Mode.VOLATILE.ordinal();
  }

  static boolean acquires(int access) {
    return mode(access) != Memory.Mode.PLAIN && (access >> 8) != 2;
  }

  static boolean releases(int access) {
    return mode(access) != Memory.Mode.PLAIN && (access >> 8) != 1;
  }

  /** The index of an element at an offset, as HotSpot lays out arrays. */
  static int index(Object array, long offset) {
    ArrayLayout layout = ArrayLayout.of(array);
    return (int) ((offset - layout.base) / layout.scale);
  }
}
