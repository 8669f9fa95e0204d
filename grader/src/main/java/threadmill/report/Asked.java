package threadmill.report;

import java.util.List;
import java.util.Set;

/**
 * What a submission was asked, in the words of the command line.
 *
 * @param exercises by id, or none for those that it holds
 * @param checks by id, or none for all
 */
public record Asked(List<String> exercises, List<String> checks) {
  /** All checks of all exercises that a submission holds. */
  public static final Asked EVERYTHING = new Asked(List.of(), List.of());

  public Asked {
    exercises = List.copyOf(exercises);
    checks = List.copyOf(checks);
  }

  /** Whether the same was asked, in whatever order. */
  public boolean isSameAs(Asked other) {
    return Set.copyOf(exercises).equals(Set.copyOf(other.exercises))
        && Set.copyOf(checks).equals(Set.copyOf(other.checks));
  }
}
