package threadmill.harness;

import java.lang.reflect.Constructor;

/**
 * Lets a submission find classes by their names in its exercise's package alone. {@link Weaver}
 * puts the calls in, where an allow-list lets submissions find classes at all: the JDK has classes
 * that run whatever they are given.
 */
public final class ByName {
  private ByName() {}

  /**
   * The name, if it is that of a class in the package.
   *
   * @throws ClassNotFoundException otherwise, as for a name that nobody has
   */
  public static String inHome(String name, String home) throws ClassNotFoundException {
    if (!isInHome(name, home)) {
      throw new ClassNotFoundException(name + ": only classes of " + home + " are found here");
    }
    return name;
  }

  /**
   * The constructor, if it is that of a class in the package.
   *
   * @throws IllegalAccessException otherwise, as for a constructor that is not accessible
   */
  public static Constructor<?> inHome(Constructor<?> constructor, String home)
      throws IllegalAccessException {
    if (!isInHome(constructor.getDeclaringClass().getName(), home)) {
      String what = constructor.getDeclaringClass().getName();
      throw new IllegalAccessException(what + ": only classes of " + home + " are made by name");
    }
    return constructor;
  }

  private static boolean isInHome(String name, String home) {
    return name.startsWith(home + ".") && name.indexOf('.', home.length() + 1) < 0;
  }
}
