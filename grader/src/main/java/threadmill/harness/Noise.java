package threadmill.harness;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Holds threads up at random between two steps of the student's code, so that what can go wrong
 * between them does, whatever else the machine is doing (Edelstein et al., Framework for Testing
 * Multi-Threaded Java Programs, 2003). {@link Weaver} puts the calls in; they do nothing until a
 * {@link Crew#noisy} scenario runs.
 */
public final class Noise {
  private static final int YIELDS = 16;
  private static final int SLEEPS = 128;

  private static volatile boolean on;

  private Noise() {}

  static void set(boolean wanted) {
    on = wanted;
  }

  /** Between two steps of the student's code. */
  public static void point() {
    if (on) {
      disturb();
    }
  }

  /** By sleep and not by park, which would use up a permit that the student's code is owed. */
  private static void disturb() {
    int chance = ThreadLocalRandom.current().nextInt(SLEEPS);
    if (chance == 0 && !Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else if (chance < SLEEPS / YIELDS) {
      Thread.yield();
    }
  }
}
