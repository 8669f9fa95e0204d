package bench.speed;

import bench.programs.Scenes;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import threadmill.explore.Scenario;
import threadmill.explore.sim.Chooser;
import threadmill.explore.sim.Stage;
import threadmill.explore.sim.World;
import threadmill.explore.weave.ExploringLoader;
import threadmill.explore.weave.Loom;

/** Schedules, steps and switches a second, under a random scheduler and without a search. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
public class Engine {
  @Param({"platform", "continuation"})
  private String engine;

  @Param({"2", "3"})
  private int threads;

  private Stage stage;
  private final AtRandom chooser = new AtRandom();

  /** What a schedule consists of. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Count {
    public long steps;
    public long switches;

    @Setup(Level.Iteration)
    public void reset() {
      steps = 0;
      switches = 0;
    }
  }

  private static final class AtRandom implements Chooser {
    private final Random random = new Random(7);
    private long switches;

    @Override
    public int next(World world, long enabled, int current) {
      int skip = random.nextInt(Long.bitCount(enabled));
      long rest = enabled;
      for (int i = 0; i < skip; i++) {
        rest &= rest - 1;
      }
      int chosen = Long.numberOfTrailingZeros(rest);
      if (chosen != current) {
        switches++;
      }
      return chosen;
    }

    @Override
    public int choose(World world, int alternatives) {
      return random.nextInt(alternatives);
    }
  }

  @Setup
  public void prepare() throws ReflectiveOperationException {
    Predicate<String> ours = n -> n.startsWith("bench.programs.");
    ClassLoader parent = Engine.class.getClassLoader();
    ExploringLoader loader = new ExploringLoader(new Loom(parent), parent, ours);
    Class<?> scenes = loader.loadClass(Scenes.class.getName());
    Constructor<?> constructor = scenes.getDeclaredConstructor();
    constructor.setAccessible(true);
    Method method = scenes.getDeclaredMethod("steps", Scenario.class, Integer.class);
    method.setAccessible(true);
    boolean continuations = engine.equals("continuation");
    stage =
        new Stage(
            s -> {
              try {
                method.invoke(constructor.newInstance(), s, threads);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            },
            loader::reset,
            loader,
            ours,
            continuations);
    if (continuations != stage.engine().contains("ontinuation")) {
      throw new IllegalStateException("wanted " + engine + ", got " + stage.engine());
    }
  }

  @Benchmark
  public int schedule(Count count) {
    long before = chooser.switches;
    World world = stage.run(chooser, 0);
    if (world.trouble() != null) {
      throw new IllegalStateException(world.trouble().sentence());
    }
    count.steps += world.count();
    count.switches += chooser.switches - before;
    return world.count();
  }
}
