package threadmill.harness;

import java.util.Optional;

/** The one schedule that explored checks are to run instead of a search, if there is one. */
public final class Replay {
  private static volatile String schedule = "";

  private Replay() {}

  static Optional<String> schedule() {
    return Optional.of(schedule).filter(s -> !s.isEmpty());
  }

  /**
   * @param wanted the schedule, or empty for a search
   */
  public static void set(String wanted) {
    schedule = wanted;
  }
}
