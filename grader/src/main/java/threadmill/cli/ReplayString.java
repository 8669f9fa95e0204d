package threadmill.cli;

import threadmill.explore.search.Schedule;
import threadmill.kit.KitException;

/**
 * What a finding says after {@code replay}: which check of which exercise, and which schedule.
 *
 * @param schedule as the explorer writes it
 */
record ReplayString(String exercise, String check, String schedule) {
  private static final String EXAMPLE = "locks.semaphore:X1:x0-1n3-2";

  static ReplayString parse(String text) {
    String[] parts = text.strip().split(":");
    if (parts.length != 3) {
      throw unreadable(text, "it must be an exercise, a check and a schedule, as in " + EXAMPLE);
    }
    try {
      Schedule.parse(parts[2]);
    } catch (IllegalArgumentException e) {
      throw unreadable(text, e.getMessage());
    }
    return new ReplayString(parts[0], parts[1], parts[2]);
  }

  private static KitException unreadable(String text, String why) {
    return new KitException("'" + text + "' is nothing to replay: " + why);
  }
}
