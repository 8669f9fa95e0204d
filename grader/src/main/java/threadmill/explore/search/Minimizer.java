package threadmill.explore.search;

import java.util.ArrayList;
import java.util.List;
import threadmill.explore.sim.Stage;
import threadmill.explore.sim.World;
import threadmill.model.Kind;

/** Makes a failing schedule shorter: fewest switches first, then fewest operations. */
final class Minimizer {
  private static final int BUDGET = 250;
  private static final int LONG = 100;

  /** A failing schedule and how simple it is. */
  private record Candidate(Schedule schedule, int switches, int events, boolean deviates) {
    boolean isSimplerThan(Candidate other) {
      if (deviates != other.deviates) {
        return !deviates;
      }
      if (switches != other.switches) {
        return switches < other.switches;
      }
      return events < other.events;
    }
  }

  private final Stage stage;
  private final Kind kind;
  private int spent;

  /**
   * @param kind what the run must end with, or null for a race that does not end it
   */
  Minimizer(Stage stage, Kind kind) {
    this.stage = stage;
    this.kind = kind;
  }

  /** Whether what it is about is seen in that schedule. */
  boolean shows(Schedule schedule) {
    return measure(schedule) != null;
  }

  Schedule minimize(Schedule failing) {
    Candidate best = failing.inTurn() ? null : measure(failing);
    if (best == null) {
      return failing;
    }
    boolean better = true;
    while (better && spent < BUDGET) {
      better = false;
      for (List<Integer> idea : ideas(best.schedule().decisions())) {
        int deviations = best.schedule().deviations();
        Candidate tried = measure(new Schedule(deviations, List.of(), idea));
        if (tried != null && tried.isSimplerThan(best)) {
          best = tried;
          better = true;
          break;
        }
        if (spent >= BUDGET) {
          break;
        }
      }
    }
    boolean isLong = best.schedule().decisions().size() > LONG;
    return isLong && measure(Schedule.IN_TURN) != null ? Schedule.IN_TURN : best.schedule();
  }

  private Candidate measure(Schedule schedule) {
    World world = stage.run(schedule.follow(), schedule.deviations());
    spent += Search.cost(world);
    boolean same =
        kind == null
            ? world.race() != null
            : world.trouble() != null && world.trouble().kind() == kind;
    if (!same) {
      return null;
    }
    int switches = 0;
    for (int i = 1; i < world.count(); i++) {
      switches += world.event(i).thread() == world.event(i - 1).thread() ? 0 : 1;
    }
    return new Candidate(
        new Schedule(schedule.deviations(), List.of(), world.decisions()),
        switches,
        world.count(),
        world.deviated());
  }

  /** Shorter beginnings, and beginnings with one stretch of a thread left out or moved together. */
  private static List<List<Integer>> ideas(List<Integer> decisions) {
    List<List<Integer>> ideas = new ArrayList<>();
    for (int length = 0; length < decisions.size(); length += 1 + length / 4) {
      ideas.add(decisions.subList(0, length));
    }
    List<int[]> stretches = new ArrayList<>();
    for (int i = 0; i < decisions.size(); ) {
      int end = i;
      while (end < decisions.size() && decisions.get(end).equals(decisions.get(i))) {
        end++;
      }
      stretches.add(new int[] {i, end});
      i = end;
    }
    for (int s = 0; s < stretches.size(); s++) {
      ideas.add(without(decisions, stretches.get(s)));
      for (int later = s + 2; later < Math.min(stretches.size(), s + 5); later++) {
        if (decisions.get(stretches.get(later)[0]).equals(decisions.get(stretches.get(s)[0]))) {
          ideas.add(together(decisions, stretches.get(s), stretches.get(later)));
        }
      }
    }
    return ideas;
  }

  private static List<Integer> without(List<Integer> decisions, int[] stretch) {
    List<Integer> result = new ArrayList<>(decisions.subList(0, stretch[0]));
    result.addAll(decisions.subList(stretch[1], decisions.size()));
    return result;
  }

  private static List<Integer> together(List<Integer> decisions, int[] stretch, int[] later) {
    List<Integer> result = new ArrayList<>(decisions.subList(0, stretch[1]));
    result.addAll(decisions.subList(later[0], later[1]));
    result.addAll(decisions.subList(stretch[1], later[0]));
    result.addAll(decisions.subList(later[1], decisions.size()));
    return result;
  }
}
