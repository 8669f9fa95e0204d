package threadmill.explore.search;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import threadmill.explore.sim.Chooser;
import threadmill.explore.sim.Stage;
import threadmill.explore.sim.Story;
import threadmill.explore.sim.Trouble;
import threadmill.explore.sim.World;
import threadmill.model.Kind;

/**
 * Looks for trouble in a scenario: few preemptions first, so that what is found is simple; then all
 * interleavings; then those with something unusual in them; then samples, at least a fifth as many
 * as all of these may be. Counts schedules and their operations, not time.
 */
public final class Search {
  private static final int AFTER_A_RACE = 400;
  private static final int SAMPLED_DEVIATIONS = 2;
  private static final int LEAST_SAMPLED = 5;

  /** A run in step is given up, as one without end, after twenty times as many operations. */
  private static final int SHORT = 200;

  private static final int MOST_TRIALS = 20;

  /** In so many operations a run is as dear as one more schedule. */
  private static final int OPERATIONS = 300;

  /**
   * What came of it.
   *
   * @param trouble the first trouble found, at its lines, or none
   * @param schedule how to see it again
   * @param story what happens in it
   * @param schedules how many runs were made
   * @param coverage what they amount to, in words
   * @param complete whether that is every interleaving, whatever unusual may happen in it
   */
  public record Result(
      Optional<Trouble> trouble,
      Optional<Schedule> schedule,
      Optional<Story> story,
      List<String> threads,
      int schedules,
      String coverage,
      boolean complete) {}

  private final Stage stage;
  private final int budget;
  private final long seed;
  private final long deadline;
  private int runs;
  private int most;
  private int spent;
  private int longest = 10;
  private boolean outOfTime;
  private boolean rationed;
  private boolean complete;
  private Schedule failing;
  private Trouble trouble;
  private Trouble race;
  private Schedule racing;
  private int racingSince;

  /**
   * @param budget schedules at most, fewer if they are long, besides the fewest samples
   * @param millis wall-clock time at most; if that ends first, nothing is concluded
   */
  public Search(Stage stage, int budget, long seed, long millis) {
    this.stage = stage;
    this.budget = budget;
    this.most = budget;
    this.seed = seed;
    this.deadline = System.nanoTime() + millis * 1_000_000;
  }

  /** Searches until trouble is found, everything is seen, or the budget is spent. */
  public Result run() {
    boolean usual = systematically(() -> new Bounded(0), 0, budget / 10);
    inStep();
    usual = usual && systematically(() -> new Bounded(1), 0, budget / 5);
    systematically(() -> new Bounded(0), 1, budget / 10);
    boolean all = systematically(DepthFirst::new, 0, budget * 4 / 10);
    systematically(() -> new Bounded(1), 1, budget / 5);
    boolean unusual = all && systematically(DepthFirst::new, 1, budget * 3 / 10);
    boolean several = rationed;
    boolean twice = all || systematically(() -> new Bounded(2), 0, budget / 5);
    int before = runs;
    if (!unusual) {
      sample();
    }
    complete = unusual && !several && !stage.knowledge().doInitializersMeet();
    String seen =
        unusual && !several
            ? "every interleaving" + (complete ? "" : " but those of class initializers")
            : unusual
                ? "every interleaving with at most one unusual event"
                : all
                    ? "every interleaving, those with unusual events only in part"
                    : usual && twice
                        ? "every interleaving with at most 2 preemptions"
                        : "some interleavings";
    return result(seen, runs - before);
  }

  private boolean goesOn() {
    if (System.nanoTime() > deadline) {
      outOfTime = true;
    }
    return !outOfTime
        && failing == null
        && spent < most
        && (racing == null || runs - racingSince < AFTER_A_RACE);
  }

  /** Whether this search saw all it can see. */
  private boolean systematically(Supplier<Systematic> start, int deviations, int most) {
    int limit = spent + most;
    while (goesOn() && spent < limit) {
      Systematic search = start.get();
      stage.knowledge().publish();
      int version = stage.knowledge().version();
      boolean more = true;
      boolean whole = true;
      rationed = false;
      while (more && goesOn() && spent < limit && version == stage.knowledge().version()) {
        World world = play(search, deviations);
        whole &= !world.wasCut();
        rationed |= world.wasRationed();
        more = search.advance(world);
      }
      if (!more && version == stage.knowledge().version()) {
        return failing == null && whole;
      }
    }
    return false;
  }

  /** Whoever gives way to others as they give way to it meets them again in this schedule. */
  private void inStep() {
    if (goesOn() && longest <= SHORT) {
      int trials = 0;
      while (play(Schedule.IN_TURN.follow(), 0).isTrial() && trials < MOST_TRIALS) {
        trials++;
      }
      if (failing != null && trouble.kind() == Kind.LIVELOCK) {
        failing = Schedule.IN_TURN;
      }
    }
  }

  private void sample() {
    most = Math.max(budget, spent + budget / LEAST_SAMPLED);
    stage.knowledge().publish();
    for (int i = 0; goesOn(); i++) {
      play(Sampler.of(i, seed, longest), i % 2 == 0 ? 0 : SAMPLED_DEVIATIONS);
    }
  }

  private World play(Chooser chooser, int deviations) {
    int before = stage.knowledge().version();
    World world = stage.run(chooser, deviations);
    if (world.isTrial()) {
      return world;
    }
    if (!world.isStopped()) {
      runs++;
      spent += cost(world);
    }
    longest = Math.max(longest, world.count());
    Schedule schedule = new Schedule(deviations, List.of(), world.decisions());
    // A run that taught us to see more would go another way now; the search will meet it again.
    boolean lasting =
        before == stage.knowledge().version()
            || world.trouble() != null && world.trouble().kind() == Kind.INCONCLUSIVE;
    if (world.trouble() != null) {
      trouble = world.trouble();
      failing = lasting ? schedule : null;
    }
    if (world.race() != null && racing == null) {
      race = world.race();
      racing = schedule;
      racingSince = runs;
    }
    return world;
  }

  /** What a run takes from a budget of schedules: more than one if it is long. */
  static int cost(World world) {
    return 1 + world.count() / OPERATIONS;
  }

  private Result result(String seen, int sampled) {
    String coverage =
        seen
            + " ("
            + runs
            + " schedules"
            + (sampled > 0 ? ", " + sampled + " of them sampled, seed " + seed : "")
            + ")";
    if (trouble == null && racing == null) {
      Trouble late =
          new Trouble(
              Kind.INCONCLUSIVE,
              "the time was over after " + runs + " of " + budget + " schedules",
              Optional.empty(),
              List.of(),
              null);
      return outOfTime ? untold(late, coverage) : nothing(coverage);
    }
    if (trouble != null && (trouble.kind() == Kind.INCONCLUSIVE || failing == null)) {
      return failing == null && racing != null
          ? told(race, racing, null, coverage)
          : untold(trouble, coverage);
    }
    return failing == null
        ? told(race, racing, null, coverage)
        : told(trouble, failing, trouble.kind(), coverage);
  }

  private Result nothing(String coverage) {
    return new Result(
        Optional.empty(), Optional.empty(), Optional.empty(), List.of(), runs, coverage, complete);
  }

  private Result untold(Trouble what, String coverage) {
    return new Result(
        Optional.of(what), Optional.empty(), Optional.empty(), List.of(), runs, coverage, false);
  }

  /** What was found, with its story, in a schedule as short as can be. */
  private Result told(Trouble what, Schedule schedule, Kind kind, String coverage) {
    List<String> all = stage.knowledge().marks();
    List<String> marks = all.stream().filter(mark -> mark.matches("w?[0-9a-f]+")).toList();
    stage.knowledge().become(marks);
    if (!marks.equals(all) && !new Minimizer(stage, kind).shows(schedule)) {
      marks = all;
      stage.knowledge().become(marks);
    }
    Schedule shortest = new Minimizer(stage, kind).minimize(schedule);
    Schedule marked =
        new Schedule(shortest.deviations(), marks, shortest.decisions(), shortest.inTurn());
    Result result = replay(stage, marked, runs, coverage);
    // What was seen once, was seen, even if its shorter schedule does not show it.
    return result.trouble().isPresent() ? result : untold(what, coverage);
  }

  /** Runs one schedule and tells what happens in it. */
  public static Result replay(Stage stage, Schedule schedule, int runs, String coverage) {
    stage.knowledge().become(schedule.marks());
    Story[] story = new Story[1];
    World world = stage.trace(schedule.follow(), schedule.deviations(), story);
    Trouble found = world.trouble() == null ? world.race() : world.trouble();
    return new Result(
        Optional.ofNullable(found),
        Optional.of(schedule),
        Optional.of(story[0]),
        world.threadNames(),
        runs,
        coverage,
        false);
  }
}
