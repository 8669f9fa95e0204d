package threadmill.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One run of a scenario that shows what goes wrong: who did what, one step after the other.
 *
 * @param threads the names of all threads; the first is the scenario itself
 * @param schedule what {@code ./threadmill replay} takes, without the check's name
 */
public record Trace(List<String> threads, List<Step> steps, String schedule) {
  private static final int LONGEST = 300;

  /** One step: the thread's place in the list, the student's line if there is one, and what. */
  public record Step(int thread, Optional<Where> where, String what) {
    public Step {
      Objects.requireNonNull(where, "where");
      what = Cut.text(what, LONGEST);
    }
  }

  public Trace {
    threads = threads.stream().map(name -> Cut.text(name, LONGEST)).toList();
    steps = List.copyOf(steps);
    Objects.requireNonNull(schedule, "schedule");
    for (Step step : steps) {
      Objects.checkIndex(step.thread(), threads.size());
    }
  }
}
