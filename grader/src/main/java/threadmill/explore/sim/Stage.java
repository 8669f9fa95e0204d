package threadmill.explore.sim;

import java.util.function.Predicate;
import threadmill.explore.Scenario;

/** Where runs of a scenario take place. Not thread-safe; one run goes on at a time in a JVM. */
public final class Stage {
  /** Builds the scenario, anew for every run. */
  @FunctionalInterface
  public interface Script {
    void write(Scenario scenario) throws Throwable;
  }

  private final Script script;
  private final Runnable reset;
  private final ClassLoader woven;
  private final Predicate<String> theirs;
  private final Engine engine;
  private final Knowledge knowledge = new Knowledge();

  /**
   * @param reset makes static variables what they were at first
   * @param woven whose classes are controlled
   * @param theirs which of them are the program under test
   * @param continuations whether to use them where the JVM has them
   * @param patienceMillis how long a thread of a run may do nothing visible
   */
  public Stage(
      Script script,
      Runnable reset,
      ClassLoader woven,
      Predicate<String> theirs,
      boolean continuations,
      long patienceMillis) {
    this.script = script;
    this.reset = reset;
    this.woven = woven;
    this.theirs = theirs;
    this.engine =
        continuations
            ? ContinuationEngine.ifPossible().orElseGet(() -> new CarrierEngine(patienceMillis))
            : new CarrierEngine(patienceMillis);
  }

  public Knowledge knowledge() {
    return knowledge;
  }

  /** How threads are run, in words. */
  public String engine() {
    return engine.words();
  }

  /**
   * Runs the scenario once.
   *
   * @param deviations how many unusual things may happen in it
   */
  public World run(Chooser chooser, int deviations) {
    return run(chooser, deviations, null);
  }

  /** Runs it and keeps its story. */
  public World trace(Chooser chooser, int deviations, Story[] story) {
    story[0] = new Story(woven, theirs);
    return run(chooser, deviations, story[0]);
  }

  private World run(Chooser chooser, int deviations, Story story) {
    World world = new World(knowledge, chooser, engine, deviations, story);
    Play play = new Play(world);
    world.play(
        () -> {
          world.silently(reset);
          play.perform(script);
        });
    return world;
  }
}
