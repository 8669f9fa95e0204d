package threadmill.harness;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The objects that can be reached from some others through fields, arrays and collections. */
final class Reach {
  private static final int MOST = 10_000;

  private Reach() {}

  /**
   * Breadth first, each object once, at most 10,000. Of the JDK's own classes only collections are
   * opened; of others only fields, so that no code of theirs runs here.
   */
  static List<Object> from(List<Object> roots) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Object> found = new ArrayList<>();
    Deque<Object> open = new ArrayDeque<>(roots);
    while (!open.isEmpty() && found.size() < MOST) {
      Object next = open.removeFirst();
      if (!seen.add(next)) {
        continue;
      }
      found.add(next);
      for (Object neighbour : neighbours(next)) {
        if (neighbour != null) {
          open.addLast(neighbour);
        }
      }
    }
    return found;
  }

  private static List<Object> neighbours(Object object) {
    List<Object> result = new ArrayList<>();
    Class<?> type = object.getClass();
    if (type.isArray()) {
      int length = type.getComponentType().isPrimitive() ? 0 : Array.getLength(object);
      for (int i = 0; i < length; i++) {
        result.add(Array.get(object, i));
      }
    } else if (type.getClassLoader() == null) {
      elements(object, result);
    }
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (c.getClassLoader() != null) {
        fields(object, c, result);
      }
    }
    result.removeIf(o -> o instanceof Thread || o instanceof String || o instanceof Number);
    return result;
  }

  private static void elements(Object container, List<Object> result) {
    try {
      if (container instanceof Map<?, ?> map) {
        result.addAll(map.keySet());
        result.addAll(map.values());
      } else if (container instanceof Collection<?> collection) {
        result.addAll(collection);
      }
    } catch (RuntimeException e) {
      // Changed meanwhile: what was seen is enough.
      return;
    }
  }

  private static void fields(Object object, Class<?> type, List<Object> result) {
    for (Field field : type.getDeclaredFields()) {
      if (!field.getType().isPrimitive() && field.trySetAccessible()) {
        try {
          result.add(field.get(Modifier.isStatic(field.getModifiers()) ? null : object));
        } catch (IllegalAccessException e) {
          throw new AssertionError("accessible, and yet refused: " + field, e);
        }
      }
    }
  }
}
