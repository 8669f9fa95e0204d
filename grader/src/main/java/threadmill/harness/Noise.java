package threadmill.harness;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Holds threads up at random between two steps of the student's code, so that what can go wrong
 * between them does, whatever else the machine is doing (Edelstein et al., Framework for Testing
 * Multi-Threaded Java Programs, 2003). {@link Weaver} puts the calls in; they do nothing until a
 * {@link Crew#noisy} scenario runs. A thread with a {@link Plan} is held up at one point of its own
 * choice instead (Musuvathi et al., Finding and Reproducing Heisenbugs, 2008: few preemptions are
 * enough).
 */
public final class Noise {
  private static final int YIELDS = 16;
  private static final int SLEEPS = 128;

  private static final ThreadLocal<Plan> PLAN = new ThreadLocal<>();

  /** Those that sleep at a point of theirs, perhaps with a lock that others wait for. */
  private static final Set<Thread> HELD_UP = ConcurrentHashMap.newKeySet();

  private static volatile boolean on;

  /** Whether threads with a plan follow it though nobody else is disturbed. */
  private static volatile boolean planned;

  /** Counts the points that one thread comes to, and holds it up at one of them. */
  static final class Plan {
    private final int at;
    private final Runnable hold;
    private volatile int points;

    /**
     * @param at the number of the point, from 1, or 0 for none
     * @param hold returns when the thread may go on
     */
    Plan(int at, Runnable hold) {
      this.at = at;
      this.hold = hold;
    }

    /** How many there were. */
    int points() {
      return points;
    }

    private void point() {
      int number = points + 1;
      points = number;
      if (number == at) {
        holdUp(hold);
      }
    }
  }

  private Noise() {}

  static void set(boolean wanted) {
    on = wanted;
  }

  static void setPlanned(boolean wanted) {
    planned = wanted;
  }

  /** What becomes of the calling thread while there is noise. */
  static void follow(Plan plan) {
    PLAN.set(plan);
  }

  /** Between two steps of the student's code. */
  public static void point() {
    if (on || planned) {
      Plan plan = PLAN.get();
      if (plan != null) {
        plan.point();
      } else if (on) {
        disturb();
      }
    }
  }

  private static void disturb() {
    int chance = ThreadLocalRandom.current().nextInt(SLEEPS);
    if (chance == 0) {
      holdUp(Noise::pause);
    } else if (chance < SLEEPS / YIELDS) {
      Thread.yield();
    }
  }

  private static void holdUp(Runnable until) {
    HELD_UP.add(Thread.currentThread());
    try {
      until.run();
    } finally {
      HELD_UP.remove(Thread.currentThread());
    }
  }

  /** Whether a thread is asleep for our sake and will go on by itself. */
  static boolean holdsUp(Thread thread) {
    return HELD_UP.contains(thread);
  }

  /** By sleep and not by park, which would use up a permit that the student's code is owed. */
  static void pause() {
    if (Thread.currentThread().isInterrupted()) {
      Thread.yield();
      return;
    }
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
