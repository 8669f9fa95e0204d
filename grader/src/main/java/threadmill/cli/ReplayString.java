package threadmill.cli;

import threadmill.kit.KitException;

/**
 * What a finding says after {@code replay}: which check of which exercise, and which schedule.
 *
 * @param schedule as the explorer writes it
 */
record ReplayString(String exercise, String check, String schedule) {
  static ReplayString parse(String text) {
    String[] parts = text.strip().split(":");
    if (parts.length != 3 || !parts[2].matches("x\\d(\\.w?[0-9a-f]+)*(-\\d+(n\\d+)?)*")) {
      throw new KitException(
          "'"
              + text
              + "' is nothing to replay: it must be an exercise, a check and a schedule, as in"
              + " locks.semaphore:X1:x0-1n3-2");
    }
    return new ReplayString(parts[0], parts[1], parts[2]);
  }
}
