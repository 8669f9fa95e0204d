package threadmill.explore.sim;

import java.util.Arrays;

/** Vector clocks as plain arrays, grown on demand; a missing entry is 0. */
final class Clock {
  static final int[] NONE = {};

  private Clock() {}

  static int[] join(int[] into, int[] from) {
    if (from == null) {
      return into;
    }
    int[] result = into.length < from.length ? Arrays.copyOf(into, from.length) : into;
    for (int i = 0; i < from.length; i++) {
      if (from[i] > result[i]) {
        result[i] = from[i];
      }
    }
    return result;
  }

  static int[] copy(int[] clock) {
    return Arrays.copyOf(clock, clock.length);
  }

  static int at(int[] clock, int thread) {
    return clock != null && thread < clock.length ? clock[thread] : 0;
  }

  static int[] set(int[] clock, int thread, int value) {
    int[] result = thread < clock.length ? clock : Arrays.copyOf(clock, thread + 1);
    result[thread] = value;
    return result;
  }
}
