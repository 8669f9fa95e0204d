package threadmill.explore.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Stands in for {@link ThreadLocal}: a value for each simulated thread. */
public class SimLocal<T> {
  private static final Map<Object, Object> OUTSIDE = new HashMap<>();
  private Supplier<? extends T> initial = () -> null;

  public static <S> SimLocal<S> withInitial(Supplier<? extends S> supplier) {
    SimLocal<S> local = new SimLocal<>();
    local.initial = supplier;
    return local;
  }

  protected T initialValue() {
    return initial.get();
  }

  private static Map<Object, Object> values() {
    World world = Hooks.world();
    return world == null ? OUTSIDE : world.current().locals();
  }

  @SuppressWarnings("unchecked")
  public T get() {
    Map<Object, Object> values = values();
    if (!values.containsKey(this)) {
      values.put(this, initialValue());
    }
    return (T) values.get(this);
  }

  public void set(T value) {
    values().put(this, value);
  }

  public void remove() {
    values().remove(this);
  }
}
