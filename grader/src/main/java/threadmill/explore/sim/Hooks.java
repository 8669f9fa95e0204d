package threadmill.explore.sim;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Cleaner;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What woven code calls instead of the JVM, or before it touches memory. Does nothing but the real
 * thing while no run is going on. Static, because bytecode needs something to call; one run goes on
 * at a time in a JVM.
 */
public final class Hooks {
  static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());
  private static final int PROCESSORS = 4;

  /** What the machine tells of the memory of a JVM, in bytes; half of it is free. */
  private static final long MEMORY = 256L << 20;

  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /** Of a longer array, copied at once, only so many elements are watched, or none. */
  private static final int MOST_COPIED = 64;

  private static final long EPOCH_MILLIS = 1_700_000_000_000L;
  private static final ClassValue<Boolean> HASHES_BY_IDENTITY =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          try {
            Class<?> declares = type.getMethod("hashCode").getDeclaringClass();
            return declares == Object.class || declares == Enum.class;
          } catch (NoSuchMethodException e) {
            return false;
          }
        }
      };

  private static World world;

  private Hooks() {}

  static void enter(World w) {
    if (world != null) {
      throw new IllegalStateException("an exploration is going on in this JVM already");
    }
    world = w;
  }

  static void leave() {
    world = null;
  }

  static World world() {
    return world;
  }

  /** The run, if its threads are to be controlled just now. Throws if the run is over. */
  static World on() {
    World w = world;
    if (w == null || w.isWatching()) {
      return w;
    }
    return w.isOver() ? w.goAway() : null;
  }

  // ---- memory, by name

  public static void read(Object object, int field) {
    World w = on();
    if (w != null && object != null) {
      w.memory.read(object, field);
    }
  }

  public static void readStatic(int field) {
    World w = on();
    if (w != null) {
      w.memory.read(null, field);
    }
  }

  public static void building(Object object) {
    World w = on();
    if (w != null) {
      w.memory.building(object);
    }
  }

  public static void built(Object object) {
    World w = on();
    if (w != null) {
      w.memory.built(object);
    }
  }

  public static void readFinal(Object object, int field) {
    World w = on();
    if (w != null) {
      w.memory.readFinal(object, field);
    }
  }

  public static void writeFinal(Object object, int field) {
    World w = on();
    if (w != null) {
      w.memory.writeFinal(object, field);
    }
  }

  public static void readElement(Object array, int index, boolean checked) {
    World w = on();
    if (w != null && inside(array, index)) {
      w.memory.readElement(array, index, checked);
    }
  }

  /** {@code System.arraycopy}: element after element, and anybody may come between. */
  public static void arraycopy(Object from, int at, Object to, int there, int count) {
    World w = on();
    boolean followed =
        w != null
            && from != null
            && to != null
            && from.getClass() == to.getClass()
            && from.getClass().isArray()
            && 0 < count
            && count <= MOST_COPIED
            && inside(from, at)
            && inside(from, at + count - 1)
            && inside(to, there)
            && inside(to, there + count - 1);
    if (!followed) {
      System.arraycopy(from, at, to, there, count);
      return;
    }
    boolean backwards = from == to && at < there;
    for (int i = 0; i < count; i++) {
      int next = backwards ? count - 1 - i : i;
      w.memory.readElement(from, at + next, true);
      Object value = Array.get(from, at + next);
      w.memory.forget(value);
      w.memory.writeElement(to, there + next, Array.get(to, there + next), value, true);
      Array.set(to, there + next, value);
    }
  }

  /** Before elements of an array are copied to a new one. */
  public static void copied(Object array, int from, int to) {
    World w = on();
    if (w != null && array != null && from >= 0) {
      int end = Math.min(Math.min(to, Array.getLength(array)), from + MOST_COPIED);
      for (int i = from; i < end; i++) {
        w.memory.readElement(array, i, true);
        w.memory.forget(Array.get(array, i));
      }
    }
  }

  /** Before a stretch of an array is read by what is not woven. */
  public static void looked(Object array, int from, int count) {
    World w = on();
    if (w != null && array != null) {
      long end = Math.min(Array.getLength(array), (long) from + count);
      for (int i = Math.max(0, from); i < end; i++) {
        w.memory.use(w.memory.at(array, (long) i), false, "Arrays");
      }
    }
  }

  private static boolean inside(Object array, int index) {
    return array != null && index >= 0 && index < Array.getLength(array);
  }

  private static Object shown(Object array, Object value) {
    return array instanceof boolean[] ? (Object) (((Number) value).intValue() != 0) : value;
  }

  public static Object gotL(Object value) {
    World w = world;
    return w != null && w.isWatching() && w.memory.wantsReadValue()
        ? w.memory.readValue(value)
        : value;
  }

  /** After a read of an element that is a byte or a boolean. */
  public static int gotB(int value) {
    World w = world;
    if (w == null || !w.isWatching() || !w.memory.wantsReadValue()) {
      return value;
    }
    Object seen = w.memory.readValue(value);
    return seen instanceof Boolean b ? (b ? 1 : 0) : ((Number) seen).intValue();
  }

  /** After a read whose value cannot be another one: elements of arrays of references. */
  public static void sawL(Object value) {
    World w = world;
    if (w != null && w.isWatching()) {
      w.memory.forget(value);
    }
  }

  public static void writeL(Object value, Object object, Object old, int field) {
    World w = on();
    if (w != null && object != null) {
      w.memory.write(object, old, value, field);
    }
  }

  public static void writeStaticL(Object value, Object old, int field) {
    World w = on();
    if (w != null) {
      w.memory.write(null, old, value, field);
    }
  }

  public static Object elementL(Object value, Object array, int index, boolean checked) {
    World w = on();
    if (w != null && inside(array, index)) {
      w.memory.writeElement(array, index, ((Object[]) array)[index], value, checked);
    }
    return value;
  }

  public static boolean gotZ(boolean value) {
    World w = world;
    return w != null && w.isWatching() && w.memory.wantsReadValue()
        ? (Boolean) w.memory.readValue(value)
        : value;
  }

  public static boolean writeZ(boolean value, Object object, boolean old, int field) {
    World w = on();
    if (w != null && object != null) {
      w.memory.write(object, old, value, field);
    }
    return value;
  }

  public static void writeStaticZ(boolean value, boolean old, int field) {
    World w = on();
    if (w != null) {
      w.memory.write(null, old, value, field);
    }
  }

  public static char gotC(char value) {
    World w = world;
    return w != null && w.isWatching() && w.memory.wantsReadValue()
        ? (Character) w.memory.readValue(value)
        : value;
  }

  public static char writeC(char value, Object object, char old, int field) {
    World w = on();
    if (w != null && object != null) {
      w.memory.write(object, old, value, field);
    }
    return value;
  }

  public static void writeStaticC(char value, char old, int field) {
    World w = on();
    if (w != null) {
      w.memory.write(null, old, value, field);
    }
  }

  public static int gotI(int value) {
    World w = world;
    return w != null && w.isWatching() && w.memory.wantsReadValue()
        ? ((Number) w.memory.readValue(value)).intValue()
        : value;
  }

  public static int writeI(int value, Object object, int old, int field) {
    World w = on();
    if (w != null && object != null) {
      w.memory.write(object, old, value, field);
    }
    return value;
  }

  public static void writeStaticI(int value, int old, int field) {
    World w = on();
    if (w != null) {
      w.memory.write(null, old, value, field);
    }
  }

  public static long gotJ(long value) {
    World w = world;
    return w != null && w.isWatching() && w.memory.wantsReadValue()
        ? (Long) w.memory.readValue(value)
        : value;
  }

  public static long writeJ(long value, Object object, long old, int field) {
    World w = on();
    if (w != null && object != null) {
      w.memory.write(object, old, value, field);
    }
    return value;
  }

  public static void writeStaticJ(long value, long old, int field) {
    World w = on();
    if (w != null) {
      w.memory.write(null, old, value, field);
    }
  }

  public static float gotF(float value) {
    World w = world;
    return w != null && w.isWatching() && w.memory.wantsReadValue()
        ? (Float) w.memory.readValue(value)
        : value;
  }

  public static float writeF(float value, Object object, float old, int field) {
    World w = on();
    if (w != null && object != null) {
      w.memory.write(object, old, value, field);
    }
    return value;
  }

  public static void writeStaticF(float value, float old, int field) {
    World w = on();
    if (w != null) {
      w.memory.write(null, old, value, field);
    }
  }

  public static double gotD(double value) {
    World w = world;
    return w != null && w.isWatching() && w.memory.wantsReadValue()
        ? (Double) w.memory.readValue(value)
        : value;
  }

  public static double writeD(double value, Object object, double old, int field) {
    World w = on();
    if (w != null && object != null) {
      w.memory.write(object, old, value, field);
    }
    return value;
  }

  public static void writeStaticD(double value, double old, int field) {
    World w = on();
    if (w != null) {
      w.memory.write(null, old, value, field);
    }
  }

  public static int elementI(int value, Object array, int index, boolean checked) {
    World w = on();
    if (w != null && inside(array, index)) {
      w.memory.writeElement(array, index, Array.get(array, index), shown(array, value), checked);
    }
    return value;
  }

  public static long elementJ(long value, Object array, int index, boolean checked) {
    World w = on();
    if (w != null && inside(array, index)) {
      w.memory.writeElement(array, index, Array.get(array, index), shown(array, value), checked);
    }
    return value;
  }

  public static float elementF(float value, Object array, int index, boolean checked) {
    World w = on();
    if (w != null && inside(array, index)) {
      w.memory.writeElement(array, index, Array.get(array, index), shown(array, value), checked);
    }
    return value;
  }

  public static double elementD(double value, Object array, int index, boolean checked) {
    World w = on();
    if (w != null && inside(array, index)) {
      w.memory.writeElement(array, index, Array.get(array, index), shown(array, value), checked);
    }
    return value;
  }

  // ---- memory of the JDK's own classes

  /** Before a call on an object of the JDK's, or perhaps of a class that extends one of its. */
  public static void call(Object receiver, String method) {
    World w = on();
    if (w != null && receiver != null) {
      Watched.call(w, receiver, method, false);
    }
  }

  /** Before a call of what a class of the JDK's declares, by {@code super}. */
  public static void callAbove(Object receiver, String method) {
    World w = on();
    if (w != null) {
      Watched.call(w, receiver, method, true);
    }
  }

  /** Before a call on a buffer, with its first argument that is an object, and those that count. */
  public static void call(
      Object buffer, Object other, int first, int second, int third, int counted, String method) {
    World w = on();
    if (w != null && buffer instanceof Buffer known) {
      int[] numbers = Arrays.copyOf(new int[] {first, second, third}, counted);
      Buffers.call(w, known, method, other, numbers);
    }
  }

  /** Before a call of the JDK's that is given an object, or an array. */
  public static void give(Object argument, String method) {
    World w = on();
    if (w == null || argument == null) {
      return;
    }
    if (argument.getClass().isArray()) {
      boolean writes = Watched.changesArguments(method);
      for (int i = 0; i < Math.min(MOST_COPIED, Array.getLength(argument)); i++) {
        w.memory.use(w.memory.at(argument, (long) i), writes, method);
      }
    } else {
      Watched.give(w, argument, method);
    }
  }

  /** After one object of the JDK's has been built around another. */
  public static void wrap(Object wrapper, Object inner) {
    World w = world;
    if (w != null && inner != null) {
      w.memory.shadow(wrapper).inside = inner;
    }
  }

  // ---- memory, through handles and offsets

  /** Before an access through a handle. */
  public static void handle(VarHandle handle, Object object, int index, int access, Object value) {
    World w = on();
    if (w == null) {
      return;
    }
    Fields.Field field = Fields.of(handle);
    boolean element = field == null && object != null && object.getClass().isArray();
    if (field == null && !element) {
      throw new Refused("a VarHandle that was not made by findVarHandle");
    }
    boolean unchecked = field != null && !field.checked() && !field.isOfAtomic();
    if (Access.mode(access) == Memory.Mode.PLAIN && unchecked) {
      return;
    }
    Location at = element ? w.memory.at(object, (long) index) : w.memory.at(object, field.number());
    int strength =
        field != null && field.library() && !field.isOfAtomic() ? Access.strong(access) : access;
    access(w, at, strength, value, new Held(handle, object, index, element));
  }

  /**
   * What a handle leads to. No lambda: there is one for each access, and those are slow to make.
   */
  private record Held(VarHandle handle, Object object, int index, boolean element)
      implements Supplier<Object> {
    @Override
    public Object get() {
      if (element) {
        return Array.get(object, index);
      }
      return object == null ? (Object) handle.get() : (Object) handle.get(object);
    }
  }

  /** Before an access of the JDK's by offset. */
  public static void offset(Object object, long offset, int access, Object value) {
    World w = on();
    if (w == null || object == null) {
      return;
    }
    boolean array = object.getClass().isArray();
    int place = array ? Access.index(object, offset) : Fields.at(object, offset);
    boolean atomic = !array && Fields.of(place).isOfAtomic();
    if (Access.mode(access) == Memory.Mode.PLAIN && !atomic) {
      return;
    }
    int strength = atomic ? access : Access.strong(access);
    Location at = array ? w.memory.at(object, (long) place) : w.memory.at(object, place);
    access(w, at, strength, value, new Placed(object, place, array));
  }

  /** What an offset leads to. */
  private record Placed(Object object, int place, boolean array) implements Supplier<Object> {
    @Override
    public Object get() {
      return array ? Array.get(object, place) : field();
    }

    private Object field() {
      String name = Fields.of(place).name();
      for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
        try {
          Field found = type.getDeclaredField(name);
          found.setAccessible(true);
          return found.get(object);
        } catch (NoSuchFieldException e) {
          // Declared further up.
        } catch (IllegalAccessException | RuntimeException e) {
          return null;
        }
      }
      return null;
    }
  }

  private static void access(
      World w, Location at, int access, Object value, Supplier<Object> peek) {
    w.memory.stored(value);
    if (Access.isRead(access)) {
      w.memory.read(at, Access.mode(access));
    } else if (Access.isWrite(access)) {
      w.memory.write(at, Access.mode(access), w.memory.wantsValues(at) ? peek.get() : null, value);
    } else {
      w.memory.update(at, access, peek);
    }
  }

  /** A weak compare-and-set through a handle: may fail for no reason. */
  public static boolean weakSwap(
      VarHandle handle, Object object, int index, int access, Object expected, Object value) {
    World w = on();
    if (w == null) {
      return swap(handle, object, index, expected, value);
    }
    if (w.memory.weaklyFails()) {
      return false;
    }
    handle(handle, object, index, access, value);
    return updatedZ(swap(handle, object, index, expected, value));
  }

  private static boolean swap(
      VarHandle handle, Object object, int index, Object expected, Object value) {
    if (index >= 0) {
      return handle.compareAndSet(object, index, expected, value);
    }
    return object == null
        ? handle.compareAndSet(expected, value)
        : handle.compareAndSet(object, expected, value);
  }

  /**
   * A weak compare-and-set of an atomic, of an element of an array of them, or of a field by its
   * updater: may fail for no reason.
   *
   * @param place the index, or the object with the field; null if the atomic is meant itself
   */
  public static boolean weakSwap(Object atomic, Object place, Object expected, Object value) {
    World w = on();
    if (w != null && w.memory.weaklyFails()) {
      return false;
    }
    Object[] arguments =
        place == null ? new Object[] {expected, value} : new Object[] {place, expected, value};
    try {
      return (boolean) strong(atomic.getClass(), arguments.length).invoke(atomic, arguments);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  private static Method strong(Class<?> atomic, int count) {
    for (Class<?> type = atomic; type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals("compareAndSet")
            && method.getParameterCount() == count
            && Modifier.isPublic(type.getModifiers())) {
          return method;
        }
      }
    }
    throw new Refused("a weak compare-and-set of " + atomic.getName());
  }

  /** After a compare-and-exchange. */
  public static void exchanged(Object result, Object expected) {
    World w = world;
    if (w != null && w.isWatching()) {
      boolean same =
          result instanceof Number || result instanceof Character || result instanceof Boolean
              ? result.equals(expected)
              : result == expected;
      w.memory.updated(same);
    }
  }

  /** After a compare-and-set. */
  public static boolean updatedZ(boolean done) {
    World w = world;
    if (w != null && w.isWatching()) {
      w.memory.updated(done);
    }
    return done;
  }

  /** After another atomic update. */
  public static void updated() {
    World w = world;
    if (w != null && w.isWatching()) {
      w.memory.updated(true);
    }
  }

  /** Before {@code StampedLock.tryOptimisticRead()}. */
  public static void optimistic(Object lock) {
    World w = world;
    if (w != null && w.isWatching()) {
      w.memory.optimistic(lock);
    }
  }

  /** After {@code StampedLock.validate}. */
  public static void validated(Object lock, boolean valid) {
    World w = world;
    if (w != null && w.isWatching()) {
      w.memory.validated(lock, valid);
    }
  }

  /** After a conversion of a stamp, which makes sure that it is valid. */
  public static void converted(Object lock, long stamp) {
    validated(lock, stamp != 0);
  }

  /** After {@code StampedLock.tryConvertToOptimisticRead}: valid until here, and from here on. */
  public static void reopened(Object lock, long stamp) {
    converted(lock, stamp);
    optimistic(lock);
  }

  public static void fence() {
    World w = on();
    if (w != null) {
      w.memory.fence(true);
    }
  }

  public static VarHandle findVarHandle(
      MethodHandles.Lookup lookup, Class<?> owner, String name, Class<?> type)
      throws NoSuchFieldException, IllegalAccessException {
    VarHandle handle = lookup.findVarHandle(owner, name, type);
    Fields.handle(handle, owner, name);
    return handle;
  }

  public static VarHandle findVarHandle(MethodHandles.Lookup lookup, String name, Class<?> type)
      throws NoSuchFieldException, IllegalAccessException {
    return findVarHandle(lookup, lookup.lookupClass(), name, type);
  }

  public static VarHandle findStaticVarHandle(
      MethodHandles.Lookup lookup, Class<?> owner, String name, Class<?> type)
      throws NoSuchFieldException, IllegalAccessException {
    VarHandle handle = lookup.findStaticVarHandle(owner, name, type);
    Fields.handle(handle, owner, name);
    return handle;
  }

  /** Tells which field an offset means; called after the JDK's own lookup. */
  public static void offsetOf(Class<?> owner, String name, long offset) {
    Fields.offset(owner, name, offset);
  }

  public static void offsetOf(Field field, long offset) {
    Fields.offset(field.getDeclaringClass(), field.getName(), offset);
  }

  /**
   * Nothing becomes unreachable in a run: what a garbage collector would set off does not happen.
   */
  public static Cleaner cleaner() {
    return null;
  }

  public static Cleaner.Cleanable register(Cleaner cleaner, Object object, Runnable action) {
    return action::run;
  }

  /** A field updater may reach what its caller may: its copy has no caller that could be asked. */
  public static void ensureMemberAccess(Class<?> caller, Class<?> owner, Object on, int modifiers) {
    // What the compiler and the gate let pass.
  }

  public static void checkPackageAccess(Class<?> type) {
    // As above.
  }

  // ---- monitors

  public static void enter(Object monitor) {
    World w = on();
    if (w != null) {
      w.monitors.enter(Objects.requireNonNull(monitor));
    }
  }

  public static void exit(Object monitor) {
    World w = world;
    if (w != null && w.isWatching()) {
      w.monitors.exit(monitor);
    }
  }

  public static void await(Object monitor) throws InterruptedException {
    await(monitor, 0, 0);
  }

  public static void await(Object monitor, long millis) throws InterruptedException {
    await(monitor, millis, 0);
  }

  public static void await(Object monitor, long millis, int nanos) throws InterruptedException {
    if (millis < 0 || nanos < 0) {
      throw new IllegalArgumentException("timeout value is negative");
    }
    World w = on();
    if (w != null) {
      w.monitors.await(monitor, nanos(millis, nanos));
    }
  }

  /** The wait on a condition of the JDK's, which may end for no reason. */
  public static void await(Condition condition) throws InterruptedException {
    if (wakesForNoReason(condition)) {
      wake(condition);
    } else {
      condition.await();
    }
  }

  public static void awaitUninterruptibly(Condition condition) {
    if (!wakesForNoReason(condition)) {
      condition.awaitUninterruptibly();
      return;
    }
    boolean interrupted = interrupted();
    try {
      wake(condition);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      interrupt(currentThread());
    }
  }

  public static long awaitNanos(Condition condition, long nanos) throws InterruptedException {
    if (nanos <= 0 || !wakesForNoReason(condition)) {
      return condition.awaitNanos(nanos);
    }
    long before = nanoTime();
    wake(condition);
    return nanos - (nanoTime() - before);
  }

  public static boolean await(Condition condition, long time, TimeUnit unit)
      throws InterruptedException {
    long nanos = unit.toNanos(time);
    return nanos <= 0 || !wakesForNoReason(condition)
        ? condition.await(time, unit)
        : left(condition, nanos);
  }

  public static boolean awaitUntil(Condition condition, Date deadline) throws InterruptedException {
    long millis = deadline.getTime() - currentTimeMillis();
    return millis <= 0 || !wakesForNoReason(condition)
        ? condition.awaitUntil(deadline)
        : left(condition, nanos(millis));
  }

  private static boolean left(Condition condition, long nanos) throws InterruptedException {
    long before = nanoTime();
    wake(condition);
    return nanoTime() - before < nanos;
  }

  private static boolean wakesForNoReason(Condition condition) {
    World w = on();
    return w != null && Names.isOfJdk(condition.getClass().getName()) && w.waits.wakes();
  }

  /** Gives the lock back, and takes it again when it can: as if woken at once. */
  private static void wake(Condition condition) throws InterruptedException {
    condition.awaitNanos(0);
    World w = world;
    if (w != null) {
      w.tell("returns from await for no reason");
    }
  }

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private static long nanos(long millis, int more) {
    long sum = nanos(millis) + more;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  public static void notify(Object monitor) {
    World w = on();
    if (w != null) {
      w.monitors.notify(monitor, false);
    }
  }

  public static void notifyAll(Object monitor) {
    World w = on();
    if (w != null) {
      w.monitors.notify(monitor, true);
    }
  }

  public static boolean holdsLock(Object monitor) {
    World w = on();
    return w != null && w.monitors.holds(monitor);
  }

  // ---- threads

  public static Thread currentThread() {
    World w = world;
    return w == null ? Thread.currentThread() : w.current().thread;
  }

  /** What a thread group would print, thousands of schedules would print. */
  public static void uncaught(ThreadGroup group, Thread thread, Throwable e) {}

  public static void uncaught(Thread.UncaughtExceptionHandler handler, Thread thread, Throwable e) {
    if (!(handler instanceof ThreadGroup)) {
      handler.uncaughtException(thread, e);
    }
  }

  /** The handler of threads that have none: the run's own, as the JVM's is everybody's. */
  public static void setDefaultHandler(Thread.UncaughtExceptionHandler handler) {
    if (world != null) {
      world.defaultHandler = handler;
    }
  }

  public static Thread.UncaughtExceptionHandler defaultHandler() {
    return world == null ? null : world.defaultHandler;
  }

  public static void printStackTrace(Throwable e) {}

  public static void start(Thread thread) {
    World w = world;
    if (w == null) {
      throw new Refused("a thread that is started outside a scenario");
    }
    if (w.isOver()) {
      w.goAway();
    }
    w.start(thread);
  }

  public static Thread startVirtualThread(Runnable task) {
    return started(new SimBuilder(true), task);
  }

  public static boolean isVirtual(Thread thread) {
    return thread instanceof SimBuilder.Virtual;
  }

  // Builders of threads, of a type that this class cannot name.

  public static Object ofPlatform() {
    return new SimBuilder(false);
  }

  public static Object ofVirtual() {
    return new SimBuilder(true);
  }

  public static Object name(Object builder, String name) {
    return ((SimBuilder) builder).name(name, -1);
  }

  public static Object name(Object builder, String prefix, long start) {
    if (start < 0) {
      throw new IllegalArgumentException("'start' is negative");
    }
    return ((SimBuilder) builder).name(prefix, start);
  }

  public static Object daemon(Object builder) {
    return daemon(builder, true);
  }

  public static Object daemon(Object builder, boolean on) {
    return ((SimBuilder) builder).daemon(on);
  }

  public static Object priority(Object builder, int priority) {
    return ((SimBuilder) builder).priority(priority);
  }

  public static Object group(Object builder, ThreadGroup group) {
    return builder;
  }

  public static Object stackSize(Object builder, long bytes) {
    return builder;
  }

  public static Object inheritInheritableThreadLocals(Object builder, boolean inherit) {
    return builder;
  }

  public static Object uncaughtExceptionHandler(
      Object builder, Thread.UncaughtExceptionHandler handler) {
    return ((SimBuilder) builder).handler(handler);
  }

  public static Thread unstarted(Object builder, Runnable task) {
    return ((SimBuilder) builder).unstarted(task);
  }

  public static Thread started(Object builder, Runnable task) {
    Thread thread = unstarted(builder, task);
    start(thread);
    return thread;
  }

  public static ThreadFactory factory(Object builder) {
    return ((SimBuilder) builder).factory();
  }

  public static void join(Thread thread) throws InterruptedException {
    join(thread, 0, 0);
  }

  public static void join(Thread thread, long millis) throws InterruptedException {
    join(thread, millis, 0);
  }

  public static void join(Thread thread, long millis, int nanos) throws InterruptedException {
    if (millis < 0 || nanos < 0) {
      throw new IllegalArgumentException("timeout value is negative");
    }
    World w = on();
    if (w != null) {
      w.waits.join(thread, nanos(millis, nanos));
    } else if (world != null) {
      world.runPending(thread);
    }
  }

  public static boolean join(Thread thread, Duration wait) throws InterruptedException {
    join(thread, wait.toMillis(), wait.toNanosPart() % 1_000_000);
    return !isAlive(thread);
  }

  public static void sleep(long millis) throws InterruptedException {
    sleep(millis, 0);
  }

  public static void sleep(long millis, int nanos) throws InterruptedException {
    if (millis < 0 || nanos < 0) {
      throw new IllegalArgumentException("timeout value is negative");
    }
    World w = on();
    if (w != null) {
      w.waits.sleep(nanos(millis, nanos));
    }
  }

  public static void sleep(Duration wait) throws InterruptedException {
    sleep(TimeUnit.NANOSECONDS, TimeUnit.NANOSECONDS.convert(wait));
  }

  public static void sleep(TimeUnit unit, long wait) throws InterruptedException {
    World w = on();
    if (w != null) {
      w.waits.sleep(unit.toNanos(wait));
    }
  }

  public static void timedWait(TimeUnit unit, Object monitor, long wait)
      throws InterruptedException {
    if (wait > 0) {
      World w = on();
      if (w != null) {
        w.monitors.await(monitor, unit.toNanos(wait));
      }
    }
  }

  public static void timedJoin(TimeUnit unit, Thread thread, long wait)
      throws InterruptedException {
    World w = on();
    if (w != null && wait > 0) {
      w.waits.join(thread, unit.toNanos(wait));
    }
  }

  public static void spinWait() {
    World w = on();
    if (w != null) {
      w.memory.spinWait();
    }
  }

  public static void yield() {
    World w = on();
    if (w != null) {
      w.memory.yield();
    }
  }

  public static void interrupt(Thread thread) {
    World w = on();
    if (w != null) {
      w.waits.interrupt(thread);
    }
  }

  public static boolean isInterrupted(Thread thread) {
    World w = on();
    return w != null && w.waits.interrupted(thread, false);
  }

  public static boolean interrupted() {
    World w = on();
    return w != null && w.waits.interrupted(w.current().thread, true);
  }

  public static boolean isAlive(Thread thread) {
    Thread.State state = getState(thread);
    return state != Thread.State.NEW && state != Thread.State.TERMINATED;
  }

  public static Thread.State getState(Thread thread) {
    World w = on();
    return w == null ? thread.getState() : w.waits.state(thread);
  }

  public static long threadId(Thread thread) {
    World w = world;
    SimThread known = w == null ? null : w.of(thread);
    return known == null ? thread.getId() : known.index + 1L;
  }

  public static void containerStart(Object container, Thread thread) {
    start(thread);
  }

  public static void startIn(Object access, Thread thread, Object container) {
    start(thread);
  }

  public static ThreadFactory virtualFactory(Object builder) {
    return Thread::new;
  }

  public static Object noContainer(String name) {
    return null;
  }

  public static void containerClose(Object container) {
    // There is none.
  }

  public static void rechecks() {
    World w = on();
    if (w != null) {
      w.waits.rechecks = true;
    }
  }

  public static void park(boolean absolute, long time) {
    World w = on();
    if (w != null) {
      long wait = absolute ? nanos(Math.max(0, time - currentTimeMillis())) : time == 0 ? -1 : time;
      w.waits.park(w.current().blocker, wait);
    }
  }

  static void parkFor(Object blocker, long nanos) {
    World w = on();
    if (w != null) {
      w.waits.park(blocker, nanos);
    }
  }

  public static void unpark(Object thread) {
    World w = on();
    if (w != null) {
      w.waits.unpark((Thread) thread);
    }
  }

  /** Who owns what a thread is parked for, if that can be told. */
  static Thread ownerOf(Object blocker) {
    for (Class<?> type = blocker == null ? null : blocker.getClass();
        type != null && type != Object.class;
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().toLowerCase(java.util.Locale.ROOT).contains("owner")
            && !Modifier.isStatic(field.getModifiers())) {
          try {
            field.setAccessible(true);
            Object value = field.get(blocker);
            if (value instanceof Thread thread) {
              return thread;
            }
            Object inner = value == null ? null : peekValue(value);
            if (inner instanceof Thread thread) {
              return thread;
            }
          } catch (IllegalAccessException | RuntimeException e) {
            // Not to be told, then.
          }
        }
      }
    }
    return null;
  }

  private static Object peekValue(Object holder) throws IllegalAccessException {
    try {
      Field value = holder.getClass().getDeclaredField("value");
      value.setAccessible(true);
      return value.get(holder);
    } catch (NoSuchFieldException e) {
      return null;
    }
  }

  // ---- clocks, numbers, streams

  public static long nanoTime() {
    return time();
  }

  public static long currentTimeMillis() {
    return EPOCH_MILLIS + time() / 1_000_000;
  }

  public static Instant now() {
    return Instant.ofEpochMilli(EPOCH_MILLIS).plusNanos(time());
  }

  /** Time stands still where no run goes on: while static variables get their first values. */
  private static long time() {
    World w = on();
    if (w != null) {
      return w.waits.time();
    }
    return world == null ? 0 : world.nanos();
  }

  public static Clock clock() {
    return clock(ZoneId.systemDefault());
  }

  public static Clock clock(ZoneId zone) {
    return new SimClock(Objects.requireNonNull(zone));
  }

  public static Clock clockUtc() {
    return clock(ZoneOffset.UTC);
  }

  public static Clock tickMillis(ZoneId zone) {
    return Clock.tick(clock(zone), Duration.ofMillis(1));
  }

  public static Clock tickSeconds(ZoneId zone) {
    return Clock.tick(clock(zone), Duration.ofSeconds(1));
  }

  public static Clock tickMinutes(ZoneId zone) {
    return Clock.tick(clock(zone), Duration.ofMinutes(1));
  }

  public static InstantSource instants() {
    return clockUtc();
  }

  public static Calendar calendar() {
    Calendar calendar = Calendar.getInstance();
    calendar.setTimeInMillis(currentTimeMillis());
    return calendar;
  }

  public static long seed() {
    World w = world;
    return w == null ? 1 : w.nextSeed();
  }

  public static double fraction() {
    return SimRandom.current().nextDouble();
  }

  public static UUID uuid() {
    byte[] bytes = new byte[16];
    SimRandom.current().nextBytes(bytes);
    return UUID.nameUUIDFromBytes(bytes);
  }

  public static RandomGenerator generator() {
    return new SplittableRandom(seed());
  }

  public static RandomGenerator generator(String name) {
    return RandomGeneratorFactory.of(name).create(seed());
  }

  public static RandomGenerator generator(RandomGeneratorFactory<?> factory) {
    return factory.create(seed());
  }

  /** Random numbers that are the same in every run. */
  public static Random random() {
    return new Random(seed());
  }

  public static int identityHash(Object object) {
    World w = world;
    return w == null ? System.identityHashCode(object) : w.memory.identity(object);
  }

  public static int hash(Object object) {
    World w = world;
    return w != null && HASHES_BY_IDENTITY.get(object.getClass())
        ? w.memory.identity(object)
        : object.hashCode();
  }

  /** As JDK 25 computes the hash of a stretch of an array. */
  public static int hash(Object[] array, int from, int count, int initial) {
    looked(array, from, count);
    int result = initial;
    for (int i = from; i < from + count; i++) {
      result = 31 * result + hashOrZero(array[i]);
    }
    return result;
  }

  public static int hashOrZero(Object object) {
    return object == null ? 0 : hash(object);
  }

  public static int processors(Runtime runtime) {
    return PROCESSORS;
  }

  public static long memory(Runtime runtime) {
    return MEMORY;
  }

  public static long freeMemory(Runtime runtime) {
    return MEMORY / 2;
  }

  public static PrintStream out() {
    return NOWHERE;
  }

  public static void loop() {
    World w = world;
    if (w != null) {
      if (w.isOver()) {
        w.goAway();
      }
      w.loop();
    }
  }

  public static void refuse(String what) {
    World w = world;
    if (w != null) {
      if (w.isOver()) {
        w.goAway();
      }
      w.refuse(what);
    }
  }

  // ---- classes

  /** A class initializer begins; what it does is not a part of any schedule. */
  public static void beginInitializer() {
    World w = world;
    if (w != null) {
      w.initializes(WALKER.getCallerClass(), 1);
    }
  }

  public static void endInitializer() {
    World w = world;
    if (w != null) {
      w.initializes(WALKER.getCallerClass(), -1);
    }
  }
}
