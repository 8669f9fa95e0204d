package threadmill.harness;

import java.util.function.BooleanSupplier;

/**
 * Waits for something to happen in a scenario, for as long as it can still happen.
 *
 * <p>The wait ends early when nothing in the scenario has been able to move for a second, or has
 * moved for three seconds where only a clock could wake it; a cycle of threads that wait for each
 * other's locks is believed after a tenth of a second of that. What polls is given ten seconds,
 * what computes two seconds of its own processor time, and what is merely starved thirty seconds,
 * after which nothing is claimed.
 */
final class Patience {
  private static final long MS = 1_000_000L;
  private static final long STILL = 1_000 * MS;

  /** A member that was interrupted and is about to wake is ready to run, as the kernel knows. */
  private static final long STILL_IN_A_CYCLE = Kernel.available() ? 100 * MS : STILL;

  private static final long CYCLE = 5_000 * MS;
  private static final long STILL_ON_A_CLOCK = 3_000 * MS;
  private static final long POLLING = 10_000 * MS;
  private static final long LIMIT = 30_000 * MS;
  private static final long CPU = 2_000 * MS;
  private static final long HEAVY_CPU = 8_000 * MS;

  enum End {
    OVER,
    DEADLOCKED,
    STUCK,
    POLLS,
    BURNS,
    UNCLEAR
  }

  private final Crew crew;
  private final long begin = System.nanoTime();
  private final long cpuAtBegin;
  private long freeOfCycles = begin;
  private int samples;
  private int timed;

  private Patience(Crew crew) {
    this.crew = crew;
    this.cpuAtBegin = cpu();
  }

  static End await(Step<?> step, Crew crew) {
    return step.awaitMillis(20) ? End.OVER : new Patience(crew).until(() -> step.awaitMillis(20));
  }

  /** The condition is asked again and again and should itself pause for some milliseconds. */
  static End await(BooleanSupplier condition, Crew crew) {
    return condition.getAsBoolean() ? End.OVER : new Patience(crew).until(condition);
  }

  private End until(BooleanSupplier condition) {
    Stillness stillness = crew.stillness();
    while (!condition.getAsBoolean()) {
      // What comes true between the question and a look must not be overlooked: so ask again.
      long still = stillness.look();
      long spent = System.nanoTime() - begin;
      samples++;
      timed +=
          crew.threads().stream().anyMatch(t -> t.getState() == Thread.State.TIMED_WAITING) ? 1 : 0;
      if (deadlocked(still)) {
        return condition.getAsBoolean() ? End.OVER : End.DEADLOCKED;
      }
      if (still >= (stillness.timed() ? STILL_ON_A_CLOCK : STILL)) {
        return condition.getAsBoolean() ? End.OVER : End.STUCK;
      }
      if (cpu() - cpuAtBegin > (crew.isHeavy() ? HEAVY_CPU : CPU)) {
        return condition.getAsBoolean() ? End.OVER : End.BURNS;
      }
      if (spent > POLLING && timed >= samples * 4 / 5) {
        return condition.getAsBoolean() ? End.OVER : End.POLLS;
      }
      if (spent > LIMIT * (crew.isHeavy() ? 2 : 1)) {
        return End.UNCLEAR;
      }
    }
    return End.OVER;
  }

  /** Whether a cycle of waiting threads has come to stay, even if others are still moving. */
  private boolean deadlocked(long still) {
    boolean cycle = Deadlocks.exist(crew);
    long now = System.nanoTime();
    if (!cycle) {
      freeOfCycles = now;
    }
    return cycle && (still >= STILL_IN_A_CYCLE || now - freeOfCycles >= CYCLE);
  }

  private long cpu() {
    return crew.threads().stream().mapToLong(t -> Probe.of(t).cpuNanos()).sum();
  }
}
