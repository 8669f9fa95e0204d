package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Copies of the JDK's classes that all scenarios of this JVM share, that have been initialized, and
 * whose static variables must get their first values again before each run. Thread-safe.
 */
public final class Initialized {
  private static final List<Class<?>> SHARED = new ArrayList<>();
  private static boolean used;

  private Initialized() {}

  /** Called by the initializer of such a copy; one that a scenario has for itself is not shared. */
  public static synchronized void add(Class<?> copy) {
    if (copy.getClassLoader() == Initialized.class.getClassLoader()) {
      SHARED.add(copy);
    }
  }

  /** Called before any use of their static variables. */
  public static synchronized void used() {
    used = true;
  }

  /** Those that are to be reset: none if they have not been used since {@link #areReset}. */
  public static synchronized List<Class<?>> toReset() {
    return used ? List.copyOf(SHARED) : List.of();
  }

  /** They are as they were at first: what their initializers used does not count. */
  public static synchronized void areReset() {
    used = false;
  }
}
