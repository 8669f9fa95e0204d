package threadmill.explore.sim;

import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a call on a buffer of {@code java.nio} accesses: elements, its position, its limit. */
final class Buffers {
  private static final Map<String, Call> CALLS = new ConcurrentHashMap<>();
  private static final Set<String> OF_ALL =
      Set.of("equals", "compareTo", "mismatch", "hashCode", "subSequence", "chars", "getChars");
  private static final Set<String> FIXED =
      Set.of("capacity", "isDirect", "isReadOnly", "hasArray", "array", "arrayOffset", "getClass");
  private static final Set<String> ASKED = Set.of("position", "limit", "order");
  private static final Set<String> MOVE =
      Set.of("position", "flip", "clear", "rewind", "reset", "mark", "compact");
  private static final Set<String> LIMITS = Set.of("limit", "flip", "clear", "compact", "order");
  private static final int POSITION =
      Fields.number("java.nio.Buffer", "position", false, true, true);
  private static final int LIMIT = Fields.number("java.nio.Buffer", "limit", false, true, true);
  private static final int DIRECT =
      Fields.number("java.nio.Buffer", "direct memory", false, true, true);

  private Buffers() {}

  /** What the descriptor of a method says. */
  private enum Sort {
    /** The element at the index that is given. */
    AT,
    /** The next element. */
    NEXT,
    /** Elements from the index that is given. */
    MANY_AT,
    /** The next elements. */
    MANY_NEXT,
    /** The elements that remain. */
    REST,
    /** No element: position and limit alone. */
    STATE,
    /** Nothing that ever changes. */
    NOTHING
  }

  /**
   * One method.
   *
   * @param size of an element in bytes, or 0 for the buffer's own
   */
  private record Call(
      String name, Sort sort, boolean writes, int size, boolean position, boolean limit) {
    static Call of(String method) {
      int open = method.indexOf('(');
      String name = method.substring(0, open);
      String parameters = method.substring(open + 1, method.indexOf(')'));
      boolean puts = name.startsWith("put") || name.equals("append");
      int size =
          switch (name.substring(Math.min(3, name.length()))) {
            case "Char", "Short" -> 2;
            case "Int", "Float" -> 4;
            case "Long", "Double" -> 8;
            default -> 0;
          };
      Sort sort = sort(name, parameters, puts);
      boolean asked = parameters.isEmpty() && ASKED.contains(name);
      boolean next = sort == Sort.NEXT || sort == Sort.MANY_NEXT;
      boolean position = next || !asked && MOVE.contains(name);
      return new Call(name, sort, puts, size, position, !asked && LIMITS.contains(name));
    }

    private static Sort sort(String name, String parameters, boolean puts) {
      if (FIXED.contains(name)) {
        return Sort.NOTHING;
      }
      if (name.equals("charAt")) {
        return Sort.AT;
      }
      if (OF_ALL.contains(name) || name.equals("compact") || name.equals("toString")) {
        return Sort.REST;
      }
      boolean gets = name.matches("get(Char|Short|Int|Float|Long|Double)?");
      if (name.equals("read") || !puts && !gets) {
        return name.equals("read") ? Sort.MANY_NEXT : Sort.STATE;
      }
      boolean many = parameters.contains("[") || parameters.contains("L");
      if (many) {
        return parameters.startsWith("I") ? Sort.MANY_AT : Sort.MANY_NEXT;
      }
      return parameters.length() == (puts ? 2 : 1) ? Sort.AT : Sort.NEXT;
    }
  }

  /**
   * Before a call.
   *
   * @param other the first argument that is an object
   * @param numbers the arguments that are ints, in their order
   */
  static void call(World world, Buffer buffer, String method, Object other, int[] numbers) {
    Call call = CALLS.computeIfAbsent(method, Call::of);
    if (call.sort == Sort.NOTHING) {
      return;
    }
    boolean at = call.sort == Sort.AT || call.sort == Sort.MANY_AT;
    if (!at) {
      state(world, buffer, POSITION, call.position, call.name);
    }
    state(world, buffer, LIMIT, call.limit, call.name);
    int next = buffer.position();
    switch (call.sort) {
      case AT -> {
        int index = call.name.equals("charAt") ? next + numbers[0] : numbers[0];
        elements(world, buffer, index, 1, call.size, call.writes, call.name);
      }
      case NEXT -> elements(world, buffer, next, 1, call.size, call.writes, call.name);
      case MANY_AT, MANY_NEXT -> {
        many(world, buffer, call, at ? numbers[0] : next, other, numbers, at ? 1 : 0);
      }
      case REST -> {
        boolean writes = call.name.equals("compact");
        if (buffer instanceof CharBuffer || !call.name.equals("toString")) {
          elements(world, buffer, next, buffer.remaining(), 0, false, call.name);
        }
        if (writes) {
          elements(world, buffer, 0, buffer.remaining(), 0, true, call.name);
        }
        if (other instanceof Buffer b) {
          elements(world, b, b.position(), b.remaining(), 0, false, call.name);
        }
      }
      default -> {
        // Only position and limit.
      }
    }
  }

  private static void many(
      World world, Buffer buffer, Call call, int index, Object other, int[] numbers, int from) {
    boolean reads = !call.writes;
    int offset = numbers.length > from ? numbers[from] : 0;
    if (other instanceof Buffer b) {
      boolean relative = from == 0;
      int start = relative ? b.position() : offset;
      int count = relative ? b.remaining() : numbers[2];
      elements(world, b, start, count, 0, call.name.equals("read"), call.name);
      elements(world, buffer, index, count, 0, call.writes, call.name);
      if (relative) {
        state(world, b, POSITION, true, call.name);
      }
    } else if (other instanceof CharSequence text) {
      int end = numbers.length > 1 ? numbers[1] : text.length();
      Watched.give(world, text, call.name);
      elements(world, buffer, index, end - offset, 0, true, call.name);
    } else if (other != null && other.getClass().isArray()) {
      int length = Array.getLength(other);
      int count = numbers.length > from + 1 ? numbers[from + 1] : length;
      elements(world, buffer, index, count, 0, call.writes, call.name);
      for (int i = Math.max(0, offset); i < Math.min(length, (long) offset + count); i++) {
        world.memory.use(world.memory.at(other, (long) i), reads, call.name);
      }
    }
  }

  /** A buffer is handed over to be read or filled. */
  static void whole(World world, Buffer buffer, boolean writes) {
    state(world, buffer, POSITION, writes, "used");
    state(world, buffer, LIMIT, false, "used");
    elements(world, buffer, buffer.position(), buffer.remaining(), 0, writes, "used");
  }

  private static void state(World world, Buffer buffer, int field, boolean writes, String name) {
    world.memory.use(world.memory.at(buffer, field), writes, name);
  }

  private static void elements(
      World world, Buffer buffer, int index, int count, int size, boolean writes, String name) {
    int own = size(buffer);
    Object base = BufferLayout.base(buffer);
    long address = BufferLayout.address(buffer);
    if (base == null && !buffer.isDirect()) {
      return;
    }
    ArrayLayout layout = base == null ? null : ArrayLayout.of(base);
    int width = size == 0 ? own : size;
    for (int i = Math.max(0, index); i < index + count && i < buffer.limit(); i++) {
      long at = address + (long) i * own;
      int scale = layout == null ? 1 : layout.scale;
      boolean first = true;
      for (int part = 0; part < width; part += scale) {
        Location place =
            layout == null
                ? world.memory.outside(at + part, DIRECT)
                : world.memory.at(base, (at + part - layout.base) / scale);
        if (first) {
          world.memory.use(place, writes, name);
          first = false;
        } else {
          world.memory.useToo(place, writes);
        }
      }
    }
    world.memory.keep(buffer);
  }

  private static int size(Buffer buffer) {
    if (buffer instanceof ByteBuffer) {
      return 1;
    }
    if (buffer instanceof LongBuffer || buffer instanceof DoubleBuffer) {
      return 8;
    }
    return buffer instanceof IntBuffer || buffer instanceof FloatBuffer ? 4 : 2;
  }
}
