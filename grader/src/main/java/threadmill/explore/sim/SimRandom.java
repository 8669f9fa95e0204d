package threadmill.explore.sim;

import java.util.Random;

/**
 * Stands in for {@code ThreadLocalRandom}: the same numbers in every run, other ones per thread.
 */
public final class SimRandom extends Random {
  private static final long serialVersionUID = 1L;
  private static final Object KEY = new Object();

  private SimRandom(long seed) {
    super(seed);
  }

  /** The generator of the calling thread. */
  public static SimRandom current() {
    World world = Hooks.world();
    if (world == null) {
      return new SimRandom(1);
    }
    SimThread self = world.current();
    return (SimRandom)
        self.locals()
            .computeIfAbsent(KEY, k -> new SimRandom(0x9E3779B97F4A7C15L * (self.index + 1)));
  }

  public static int getProbe() {
    World world = Hooks.world();
    return world == null ? 1 : world.current().index * 0x61C88647 | 1;
  }

  public static void localInit() {
    // The probe is there from the beginning.
  }

  public static void eagerInit() {
    // As above.
  }

  /** What a task of the common pool leaves to the next one: nothing but the generator. */
  public static void eraseThreadLocals(Thread thread) {
    World world = Hooks.world();
    if (world != null) {
      world.of(thread).locals().keySet().removeIf(key -> key != KEY);
    }
  }

  /** Asked by workers of a ForkJoinPool on 17; no scenario has a security manager. */
  @SuppressWarnings("removal")
  public static void setInheritedAccessControlContext(
      Thread thread, java.security.AccessControlContext context) {
    // Whatever the context, a scenario's threads may do the same.
  }

  public static int advanceProbe(int probe) {
    int next = probe ^ probe << 13;
    next ^= next >>> 17;
    return next ^ next << 5;
  }

  public static int nextSecondarySeed() {
    return current().nextInt() | 1;
  }
}
