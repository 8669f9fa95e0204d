package threadmill.explore.sim;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
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

  /**
   * What a constant is to be that is initialized once more: the object that it was, if there is
   * one, in the state of the new one.
   */
  public static Object renewed(Object fresh, Object old) {
    if (fresh == null || old == null || fresh.getClass() != old.getClass()) {
      return old == null ? fresh : old;
    }
    if (fresh.getClass().isArray()) {
      System.arraycopy(fresh, 0, old, 0, Math.min(Array.getLength(fresh), Array.getLength(old)));
      return old;
    }
    for (Class<?> type = fresh.getClass();
        type != null && type.getClassLoader() != null;
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          try {
            field.setAccessible(true);
            field.set(old, field.get(fresh));
          } catch (IllegalAccessException e) {
            throw new Refused("the constants of " + type.getName());
          }
        }
      }
    }
    return old;
  }

  /** They are as they were at first: what their own initializers used does not count. */
  public static synchronized void areReset() {
    used = false;
  }
}
