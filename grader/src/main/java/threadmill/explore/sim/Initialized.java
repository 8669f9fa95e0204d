package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * Woven classes whose static variables must get their first values again before each run, in the
 * order in which their initializers ended: what an initializer uses is reset before it.
 * Thread-safe.
 */
public final class Initialized {
  private static final List<Class<?>> SHARED = new ArrayList<>();
  private static boolean used;

  private Initialized() {}

  /** Who keeps the classes that one scenario has for itself. */
  public interface Owner {
    void initialized(Class<?> type);
  }

  /** Called at the end of the initializer of such a class. */
  public static synchronized void add(Class<?> type) {
    if (type.getClassLoader() instanceof Owner owner) {
      owner.initialized(type);
    } else {
      SHARED.add(type);
    }
  }

  /** Called before any use of a static variable of those copies of the JDK's classes. */
  public static synchronized void used() {
    used = true;
  }

  /**
   * The copies of the JDK's classes that all scenarios of this JVM share and that are to be reset:
   * none if nobody has used them since {@link #areReset}.
   */
  public static synchronized List<Class<?>> shared() {
    return used ? List.copyOf(SHARED) : List.of();
  }

  /** They are as they were at first: what their own initializers used does not count. */
  public static synchronized void areReset() {
    used = false;
  }
}
