package threadmill.explore.sim;

/** Names of woven classes. The JDK's classes are woven as copies under a prefix. */
public final class Names {
  /** What stands before the name of a copy, with slashes. */
  public static final String PREFIX = "explored/";

  private static final String DOTTED = PREFIX.replace('/', '.');

  /** How the names of classes begin that stand in for one of the JDK's and are called like it. */
  private static final String STAND_IN = Names.class.getPackageName() + ".Jdk";

  private Names() {}

  public static boolean isLibrary(String className) {
    return className.startsWith(DOTTED);
  }

  /** Whether it is a class of the JDK's in the program's eyes: a copy, or what stands in for it. */
  static boolean isOfJdk(String className) {
    return isLibrary(className) || className.startsWith(STAND_IN);
  }

  /** The name without the prefix. */
  public static String plain(String className) {
    return isLibrary(className)
        ? className.substring(DOTTED.length())
        : className.startsWith(STAND_IN) ? className.substring(STAND_IN.length()) : className;
  }

  /** The last segment, without packages and enclosing classes' packages. */
  static String simple(String className) {
    String plain = plain(className);
    String last = plain.substring(plain.lastIndexOf('.') + 1);
    int lambda = last.indexOf("$$");
    return (lambda < 0 ? last : last.substring(0, lambda)).replace('$', '.');
  }

  /** A value as it appears in a story. */
  static String value(Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return String.valueOf(value);
    }
    if (value instanceof Character c) {
      return "'" + c + "'";
    }
    if (value instanceof String s) {
      return s.length() > 20 ? '"' + s.substring(0, 19) + "…\"" : '"' + s + '"';
    }
    if (value instanceof Thread t) {
      return t.getName().startsWith("thread ") ? t.getName() : "thread " + t.getName();
    }
    if (value instanceof Enum<?> e) {
      return e.name();
    }
    if (value.getClass().isArray()) {
      return "an array";
    }
    String name = simple(value.getClass().getName());
    return (name.matches("[AEIOU].*") ? "an " : "a ") + name;
  }
}
