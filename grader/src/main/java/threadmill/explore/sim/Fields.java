package threadmill.explore.sim;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The numbers of fields. Woven code names a field by its number; VarHandles and the offsets that
 * the JDK's own code uses are translated into it. Thread-safe.
 */
public final class Fields {
  /**
   * One field.
   *
   * @param owner the declaring class, with dots, as it was before weaving
   * @param library whether it belongs to a class of the JDK
   * @param checked whether plain accesses to it can be a race: false inside java.util.concurrent,
   *     which is taken to be right
   * @param called what a story calls it
   * @param isOfAtomic whether it is the value of an atomic, whose methods mean just what their
   *     modes say
   */
  record Field(
      int number,
      String owner,
      String name,
      boolean isVolatile,
      boolean library,
      boolean checked,
      String called,
      boolean isOfAtomic) {

    static Field of(
        int number,
        String owner,
        String name,
        boolean isVolatile,
        boolean library,
        boolean checked) {
      return new Field(
          number,
          owner,
          name,
          isVolatile,
          library,
          checked,
          library ? Names.simple(owner) : name,
          library && owner.startsWith("java.util.concurrent.atomic.Atomic"));
    }
  }

  /** Above this, a key means elements of an array. */
  static final int MOST = 1 << 20;

  /** Written under the lock, read without: it is asked at every access. */
  private static volatile Field[] all = {};

  private static int count;
  private static final Map<String, Field> BY_NAME = new HashMap<>();
  private static final ClassValue<Map<Long, Integer>> BY_OFFSET =
      new ClassValue<>() {
        @Override
        protected Map<Long, Integer> computeValue(Class<?> owner) {
          return new ConcurrentHashMap<>();
        }
      };
  private static final Map<VarHandle, Field> BY_HANDLE =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private Fields() {}

  /** The number of a field, the same for every mention of it. */
  public static synchronized int number(
      String owner, String name, boolean isVolatile, boolean library, boolean checked) {
    return BY_NAME
        .computeIfAbsent(
            // Another program in this JVM may have a class of this name with other fields.
            owner + "." + name + (isVolatile ? " volatile" : ""),
            k -> add(Field.of(count, owner, name, isVolatile, library, checked)))
        .number();
  }

  private static Field add(Field field) {
    Field[] more = count < all.length ? all : Arrays.copyOf(all, 2 * count + 1_000);
    more[count++] = field;
    all = more;
    return field;
  }

  /** All fields in the order of their numbers, a line each. */
  public static synchronized List<String> all() {
    return Stream.of(all)
        .limit(count)
        .map(f -> f.owner + " " + f.name + " " + f.isVolatile + " " + f.library + " " + f.checked)
        .toList();
  }

  /**
   * Gives those fields the numbers they had where {@link #all} told of them.
   *
   * @return whether that is possible: only as long as no field has a number
   */
  public static synchronized boolean begin(List<String> fields) {
    if (count > 0) {
      return false;
    }
    for (String line : fields) {
      String[] parts = line.split(" ");
      number(parts[0], parts[1], is(parts[2]), is(parts[3]), is(parts[4]));
    }
    return true;
  }

  private static boolean is(String word) {
    return Boolean.parseBoolean(word);
  }

  static Field of(int number) {
    return all[number];
  }

  static void handle(VarHandle handle, Class<?> owner, String name) {
    BY_HANDLE.put(handle, find(owner, name));
  }

  /** The field a handle stands for, or null if it stands for the elements of an array. */
  static Field of(VarHandle handle) {
    return BY_HANDLE.get(handle);
  }

  static void offset(Class<?> owner, String name, long offset) {
    BY_OFFSET.get(owner).put(offset, find(owner, name).number());
  }

  /** The field at an offset of an object. */
  static int at(Object object, long offset) {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      Integer number = BY_OFFSET.get(type).get(offset);
      if (number != null) {
        return number;
      }
    }
    return number(object.getClass().getName(), "@" + offset, true, true, false);
  }

  private static synchronized Field find(Class<?> owner, String name) {
    boolean library = Names.isLibrary(owner.getName());
    String plain = Names.plain(owner.getName());
    return of(number(plain, name, isVolatile(owner, name), library, !library));
  }

  private static boolean isVolatile(Class<?> owner, String name) {
    try {
      return java.lang.reflect.Modifier.isVolatile(owner.getDeclaredField(name).getModifiers());
    } catch (NoSuchFieldException e) {
      return true;
    }
  }
}
