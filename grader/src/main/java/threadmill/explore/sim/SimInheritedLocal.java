package threadmill.explore.sim;

/**
 * Stands in for {@code InheritableThreadLocal}. A thread inherits what its parent has when it is
 * started; the JDK's, what the parent had when it was constructed.
 */
public class SimInheritedLocal<T> extends SimLocal<T> {
  protected T childValue(T parentValue) {
    return parentValue;
  }

  /** What a thread passes on to one that it starts. */
  static void inherit(SimThread parent, SimThread child) {
    parent
        .locals()
        .forEach(
            (key, value) -> {
              if (key instanceof SimInheritedLocal<?> local) {
                pass(local, value, child);
              }
            });
  }

  @SuppressWarnings("unchecked")
  private static <V> void pass(SimInheritedLocal<V> local, Object value, SimThread child) {
    child.locals().put(local, local.childValue((V) value));
  }
}
