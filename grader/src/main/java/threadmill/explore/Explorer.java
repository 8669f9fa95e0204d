package threadmill.explore;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import threadmill.explore.search.Schedule;
import threadmill.explore.search.Search;
import threadmill.explore.sim.Stage;
import threadmill.explore.sim.Trouble;
import threadmill.explore.weave.ExploringLoader;
import threadmill.explore.weave.Loom;
import threadmill.model.Finding;

/**
 * Runs scenarios under every interleaving that matters. A scenario is a method with a parameter of
 * type {@link Scenario}; its class, and what that uses of the program under test, is loaded again
 * with every visible operation under control. Not thread-safe: one exploration at a time in a JVM.
 */
public final class Explorer {
  private static final long PATIENCE_MILLIS = 30_000;

  private final Loom loom;
  private final ClassLoader parent;
  private final Predicate<String> woven;
  private final Predicate<String> theirs;
  private final boolean continuations;
  private final long patienceMillis;

  /**
   * What was found out.
   *
   * @param finding what is wrong, or nothing
   * @param thrown what the program threw, if that is what is wrong
   * @param schedule how to see it again, as {@link #replay} takes it
   * @param schedules how many runs were made
   * @param coverage what they amount to, in words
   * @param complete whether every interleaving was seen
   */
  public record Result(
      Optional<Finding> finding,
      Optional<Throwable> thrown,
      Optional<String> schedule,
      int schedules,
      String coverage,
      boolean complete) {}

  /**
   * @param parent where classes come from
   * @param woven the names of the classes to control: the scenario's and the program's
   * @param theirs those of them whose lines to show
   */
  public Explorer(ClassLoader parent, Predicate<String> woven, Predicate<String> theirs) {
    this(new Loom(parent), parent, woven, theirs, true, PATIENCE_MILLIS);
  }

  private Explorer(
      Loom loom,
      ClassLoader parent,
      Predicate<String> woven,
      Predicate<String> theirs,
      boolean continuations,
      long patienceMillis) {
    this.loom = loom;
    this.parent = parent;
    this.woven = woven;
    this.theirs = theirs;
    this.continuations = continuations;
    this.patienceMillis = patienceMillis;
  }

  /** The same, on platform threads even where the JVM has continuations. */
  public Explorer onPlatformThreads() {
    return new Explorer(loom, parent, woven, theirs, false, patienceMillis);
  }

  /** The same, stepping through the JDK's own code where models stand in for its locks. */
  Explorer withoutModels() {
    Loom stepped = new Loom(parent, false);
    return new Explorer(stepped, parent, woven, theirs, continuations, patienceMillis);
  }

  /** The same, and as long and no longer is waited for anything. */
  Explorer withPatience(long millis) {
    return new Explorer(loom, parent, woven, theirs, continuations, millis);
  }

  /**
   * Explores one scenario.
   *
   * @param arguments for the scenario's parameters; the place of the {@link Scenario} is ignored
   * @param budget schedules at most
   * @param seed for the part that is sampled
   */
  public Result explore(String className, String method, List<?> arguments, int budget, long seed) {
    Stage stage = stage(className, method, arguments);
    Search.Result found = new Search(stage, budget, seed, patienceMillis).run();
    return result(found);
  }

  /**
   * Runs one schedule again.
   *
   * @throws IllegalArgumentException if the string is no schedule
   */
  public Result replay(String className, String method, List<?> arguments, String schedule) {
    Stage stage = stage(className, method, arguments);
    return result(Search.replay(stage, Schedule.parse(schedule), 1, "one schedule"));
  }

  private static Result result(Search.Result found) {
    return new Result(
        found.trouble().map(trouble -> Telling.finding(trouble, found)),
        found.trouble().map(Trouble::thrown),
        found.schedule().map(Schedule::toString),
        found.schedules(),
        found.coverage(),
        found.complete());
  }

  Stage stage(String className, String name, List<?> arguments) {
    ExploringLoader loader = new ExploringLoader(loom, parent, woven);
    try {
      Class<?> type = loader.loadClass(className);
      Method method =
          Stream.of(type.getDeclaredMethods())
              .filter(m -> m.getName().equals(name) && takesScenario(m))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          className + " has no method " + name + " that takes a Scenario"));
      method.setAccessible(true);
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      Object[] values = values(method, arguments);
      return new Stage(
          scenario -> write(constructor, method, values, scenario),
          loader::reset,
          loader,
          theirs,
          continuations,
          patienceMillis);
    } catch (ClassNotFoundException | NoSuchMethodException e) {
      throw new IllegalArgumentException(className + " cannot be explored: " + e, e);
    }
  }

  private static boolean takesScenario(Method method) {
    return List.of(method.getParameterTypes()).contains(Scenario.class);
  }

  private static Object[] values(Method method, List<?> arguments) {
    Class<?>[] types = method.getParameterTypes();
    Object[] values = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      values[i] =
          types[i] == Scenario.class || i >= arguments.size()
              ? null
              : translate(arguments.get(i), method.getDeclaringClass().getClassLoader());
    }
    return values;
  }

  /** Enums of a class that is loaded again are other enums; lists of them, too. */
  private static Object translate(Object value, ClassLoader loader) {
    if (value instanceof List<?> list) {
      List<Object> result = new ArrayList<>();
      list.forEach(each -> result.add(translate(each, loader)));
      return result;
    }
    if (value instanceof Enum<?> constant) {
      try {
        Class<?> type = loader.loadClass(constant.getDeclaringClass().getName());
        return Stream.of(type.getEnumConstants())
            .filter(c -> ((Enum<?>) c).name().equals(constant.name()))
            .findFirst()
            .orElseThrow();
      } catch (ClassNotFoundException e) {
        throw new IllegalArgumentException(e);
      }
    }
    return value;
  }

  private static void write(
      Constructor<?> constructor, Method method, Object[] values, Scenario scenario)
      throws Throwable {
    Object[] all = values.clone();
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; i < all.length; i++) {
      if (types[i] == Scenario.class) {
        all[i] = scenario;
      }
    }
    try {
      method.invoke(constructor.newInstance(), all);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
