package threadmill.explore.sim;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How objects of those classes of the JDK are watched that woven code uses as they are, not as
 * copies: each call is an access to one place of the object, or to a buffer's elements. What is
 * neither here nor a value is refused by name.
 */
public final class Watched {
  /** What a call on such an object is. */
  public enum Care {
    /** Nothing: it never changes, or is watched elsewhere. */
    NONE,
    /** A plain access: the class leaves it to its users to order theirs. */
    PLAIN,
    /** The same, with the object's monitor held. */
    LOCKED,
    /** Atomic, and ordered like a volatile access. */
    ATOMIC,
    /** Accesses to elements, position and limit. */
    BUFFER
  }

  private static final Map<String, Care> CARES = new HashMap<>();
  private static final Set<String> BEHIND = new HashSet<>();

  /** Calls that change nothing, besides those that begin with get, is and to. */
  private static final Set<String> READS =
      Set.of(
          "after",
          "before",
          "capacity",
          "charAt",
          "chars",
          "clone",
          "codePointAt",
          "codePointBefore",
          "codePointCount",
          "codePoints",
          "compareTo",
          "countTokens",
          "end",
          "equals",
          "group",
          "groupCount",
          "hashCode",
          "indexOf",
          "lastIndexOf",
          "length",
          "offsetByCodePoints",
          "pattern",
          "size",
          "start",
          "subSequence",
          "substring",
          "writeTo");

  /** Calls that change what they are given. */
  private static final Set<String> CHANGE_ARGUMENTS =
      Set.of(
          "appendReplacement",
          "appendTail",
          "format",
          "formatToCharacterIterator",
          "get",
          "getBytes",
          "getChars",
          "nextBytes",
          "parse",
          "parseObject",
          "read",
          "readFully",
          "readNBytes");

  static {
    values(
        "java.lang.",
        "Boolean Byte Character Character$Subset Character$UnicodeBlock Class Double Enum"
            + " Enum$EnumDesc Float Integer Long Object Runtime$Version Short StackTraceElement String"
            + " Thread Throwable");
    values(
        "java.lang.invoke.",
        "CallSite MethodHandle MethodHandles$Lookup MethodType SerializedLambda VarHandle");
    values("java.math.", "BigDecimal BigInteger MathContext");
    values("java.nio.", "ByteOrder charset.Charset charset.CoderResult charset.CodingErrorAction");
    values("java.nio.file.attribute.", "FileTime");
    values(
        "java.text.",
        "Annotation AttributedCharacterIterator$Attribute Bidi CollationKey DateFormat$Field"
            + " Format$Field MessageFormat$Field NumberFormat$Field");
    values(
        "java.time.",
        "Clock Duration Instant LocalDate LocalDateTime LocalTime MonthDay OffsetDateTime OffsetTime"
            + " Period Year YearMonth ZoneId ZoneOffset ZonedDateTime format.DateTimeFormatter"
            + " format.DecimalStyle temporal.ValueRange temporal.WeekFields");
    values(
        "java.util.",
        "Base64$Decoder Base64$Encoder Currency EventListenerProxy EventObject HexFormat Locale"
            + " Locale$LanguageRange Optional OptionalDouble OptionalInt OptionalLong UUID"
            + " random.RandomGeneratorFactory regex.Pattern");
    all(
        Care.PLAIN,
        "java.util.",
        "Calendar Calendar$Builder Date DoubleSummaryStatistics Enumeration Formatter"
            + " IntSummaryStatistics Iterator Locale$Builder LongSummaryStatistics Spliterator"
            + " SplittableRandom StringJoiner StringTokenizer TimeZone random.RandomGenerator"
            + " regex.Matcher stream.BaseStream stream.DoubleStream$Builder stream.IntStream$Builder"
            + " stream.LongStream$Builder stream.Stream$Builder");
    all(
        Care.PLAIN,
        "java.text.",
        "AttributedString BreakIterator CharacterIterator CollationElementIterator DateFormatSymbols"
            + " DecimalFormatSymbols FieldPosition Format ParsePosition");
    all(Care.PLAIN, "java.lang.", "StringBuilder");
    all(Care.PLAIN, "java.nio.charset.", "CharsetDecoder CharsetEncoder");
    all(Care.PLAIN, "java.time.format.", "DateTimeFormatterBuilder");
    all(Care.PLAIN, "java.io.", "InputStream OutputStream StreamTokenizer");
    all(
        Care.LOCKED,
        "java.io.",
        "BufferedInputStream BufferedOutputStream ByteArrayInputStream ByteArrayOutputStream"
            + " PrintStream Reader StringBufferInputStream Writer");
    all(Care.LOCKED, "java.lang.", "StringBuffer");
    all(Care.LOCKED, "java.text.", "Collator");
    all(Care.LOCKED, "java.util.", "Observable");
    all(Care.ATOMIC, "java.util.", "Random");
    all(Care.ATOMIC, "java.lang.ref.", "Reference");
    all(Care.BUFFER, "java.nio.", "Buffer");
    for (String each :
        ("io.Closeable io.DataInput io.DataOutput io.Flushable io.ObjectOutput lang.Appendable"
                + " lang.AutoCloseable lang.CharSequence lang.Comparable lang.Readable"
                + " util.regex.MatchResult")
            .split(" ")) {
      BEHIND.add("java." + each);
    }
  }

  private static final ClassValue<Kind> KINDS =
      new ClassValue<>() {
        @Override
        protected Kind computeValue(Class<?> type) {
          return Kind.of(type);
        }
      };

  private Watched() {}

  private static void values(String prefix, String names) {
    all(Care.NONE, prefix, names);
  }

  private static void all(Care care, String prefix, String names) {
    for (String name : names.split(" ")) {
      CARES.put(prefix + name, care);
    }
  }

  /** What is done for a class or interface of that name, if anything is known of it. */
  public static Optional<Care> of(String name) {
    return Optional.ofNullable(CARES.get(name));
  }

  /** Whether watched objects may lie behind such an interface. */
  public static boolean mayBeBehind(String name) {
    return BEHIND.contains(name);
  }

  /**
   * What is known of a class.
   *
   * @param own names of methods that it has of its own, woven ones
   * @param number of the place, as of a field
   */
  private record Kind(Care care, int number, Set<String> own) {
    static Kind of(Class<?> type) {
      Set<String> own = new HashSet<>();
      Class<?> first = type;
      while (isWoven(first)) {
        for (var method : first.getDeclaredMethods()) {
          own.add(method.getName());
        }
        first = first.getSuperclass();
      }
      for (Class<?> c = first; c != null; c = c.getSuperclass()) {
        Optional<Care> care = careOf(c);
        if (care.isPresent()) {
          String name = (c == first ? c : first).getName();
          return new Kind(care.get(), Fields.number(name, "state", false, true, true), own);
        }
      }
      return new Kind(Care.NONE, -1, own);
    }

    private static Optional<Care> careOf(Class<?> type) {
      Optional<Care> care = Watched.of(type.getName());
      for (Class<?> each : type.getInterfaces()) {
        if (care.isEmpty() || care.get() == Care.NONE && type == Object.class) {
          care = careOf(each);
        }
      }
      return care;
    }

    private static boolean isWoven(Class<?> type) {
      return type.getClassLoader() != null;
    }
  }

  /**
   * Before a call on an object, if it is one of those, and its class has no woven method for it.
   */
  static void call(World world, Object receiver, String method, boolean above) {
    Kind kind = KINDS.get(receiver.getClass());
    if (kind.care == Care.NONE || !above && kind.own.contains(method)) {
      return;
    }
    use(world, receiver, kind, reads(method), method);
  }

  /** Before a call that is given an object: it reads it, or more. */
  static void give(World world, Object argument, String method) {
    Kind kind = KINDS.get(argument.getClass());
    boolean text = argument instanceof CharSequence;
    if (kind.care == Care.BUFFER) {
      Buffers.whole(world, (java.nio.Buffer) argument, !text);
    } else if (kind.care != Care.NONE) {
      use(world, argument, kind, text && !changesArguments(method), method);
    }
  }

  static boolean changesArguments(String method) {
    return CHANGE_ARGUMENTS.contains(method);
  }

  private static boolean reads(String method) {
    return method.startsWith("get")
        || method.startsWith("is")
        || method.startsWith("to")
        || READS.contains(method);
  }

  private static void use(World world, Object object, Kind kind, boolean reads, String method) {
    if (object == Hooks.NOWHERE) {
      return;
    }
    Location at = world.memory.at(object, kind.number);
    switch (kind.care) {
      case PLAIN -> world.memory.use(at, !reads, method);
      case LOCKED -> {
        world.monitors.enter(object);
        world.memory.use(at, !reads, method);
        world.monitors.exit(object);
      }
      case ATOMIC -> world.memory.useAtomically(at, method);
      default -> {
        // Buffers say more of each call.
      }
    }
    Object inside = world.memory.shadow(object).inside;
    if (inside != null) {
      use(world, inside, KINDS.get(inside.getClass()), reads, method);
    }
  }
}
