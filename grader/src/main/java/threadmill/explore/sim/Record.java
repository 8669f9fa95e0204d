package threadmill.explore.sim;

import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import threadmill.explore.History;
import threadmill.explore.Linearizability;
import threadmill.model.Kind;

/** The calls of one run, which end it with a finding if no order explains them. */
final class Record<M> implements History<M> {
  private final World world;
  private final Location place;
  private final Linearizability<M> calls;

  Record(World world, Supplier<M> model) {
    this.world = world;
    this.place = world.memory.special("history");
    this.calls = new Linearizability<>(model);
  }

  @Override
  public <R> R call(String name, Callable<R> call, Function<M, R> specification) throws Exception {
    world.step(OpKind.SECTION, place, false, null, false);
    var entry = calls.begins(world.current().name, name, specification);
    world.tell("calls " + name);
    try {
      R result = call.call();
      ended(entry, name, result);
      return result;
    } catch (Exception e) {
      ended(entry, name, e.getClass());
      throw e;
    }
  }

  private void ended(Linearizability.Call<M> entry, String name, Object result) {
    world.step(OpKind.SECTION, place, true, null, false);
    calls.ended(entry, result);
    world.tell(name + " returns " + shown(result));
  }

  private static String shown(Object result) {
    return result instanceof Class<?> c ? "throws " + c.getSimpleName() : Names.value(result);
  }

  /** Ends the run unless there is an order. */
  void check() {
    boolean[] found = new boolean[1];
    world.silently(() -> found[0] = calls.isExplained());
    if (!found[0]) {
      Trouble trouble = Trouble.of(Kind.SAFETY, Linearizability.UNEXPLAINED);
      for (String line : calls.lines(Record::shown)) {
        trouble = trouble.with(line);
      }
      world.stop(trouble);
    }
  }
}
