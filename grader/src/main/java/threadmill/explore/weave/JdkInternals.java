package threadmill.explore.weave;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

/** Packages of {@code java.base} that its concurrent classes, and so their copies, use. */
public final class JdkInternals {
  private static final List<String> USED =
      List.of(
          "jdk.internal.access",
          "jdk.internal.invoke",
          "jdk.internal.misc",
          "jdk.internal.reflect",
          "jdk.internal.util",
          "jdk.internal.util.random",
          "jdk.internal.vm",
          "jdk.internal.vm.annotation");

  private JdkInternals() {}

  /** Those that the running JDK has. */
  public static List<String> packages() {
    return USED.stream().filter(Object.class.getModule().getPackages()::contains).toList();
  }

  /**
   * Exports them to a module made at run time, for which there is no option on the command line;
   * {@code java.lang} must be open to us.
   */
  static void exportTo(Module user) {
    try {
      Method export = Module.class.getDeclaredMethod("implAddExports", String.class, Module.class);
      export.setAccessible(true);
      for (String name : packages()) {
        export.invoke(Object.class.getModule(), name, user);
      }
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("this JDK cannot export its own packages", e);
    }
  }
}
