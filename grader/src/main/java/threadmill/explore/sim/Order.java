package threadmill.explore.sim;

import java.util.Arrays;
import java.util.List;

/**
 * The order of the events of a run that must not change if it is to mean the same, and the pairs of
 * events that could change places.
 */
final class Order {

  private Order() {}

  static int[] depend(
      Event event, Location at, boolean writes, int[] before, int[] order, List<Event> candidates) {
    if (at == null) {
      return order;
    }
    int[] result = order;
    if (at.isLock) {
      if (event.kind == OpKind.ENTER && at.lastWrite != null) {
        consider(at.lastWrite, event, before, candidates);
        result = Clock.join(result, at.lastWrite.order);
      }
      return Clock.join(result, at.released);
    }
    if (writes) {
      for (Event read : at.readsSince) {
        consider(read, event, before, candidates);
        result = Clock.join(result, read.order);
      }
    }
    if (at.lastWrite != null) {
      consider(at.lastWrite, event, before, candidates);
      result = Clock.join(result, at.lastWrite.order);
    }
    return result;
  }

  static void consider(Event earlier, Event event, int[] before, List<Event> candidates) {
    if (couldComeAfter(earlier, event, before) && !candidates.contains(earlier)) {
      candidates.add(earlier);
    }
  }

  /**
   * An earlier event races with this one, whatever was done between them.
   *
   * @param before what the thread of this event came after
   */
  static void race(Event earlier, Event event, int[] before) {
    if (couldComeAfter(earlier, event, before)) {
      event.races = with(event.races, new int[] {earlier.index});
    }
  }

  private static boolean couldComeAfter(Event earlier, Event event, int[] before) {
    return earlier.thread != event.thread && Clock.at(before, earlier.thread) < earlier.number;
  }

  /** Those candidates that no other candidate comes after. */
  static int[] immediate(List<Event> candidates) {
    int[] result = new int[candidates.size()];
    int size = 0;
    for (Event event : candidates) {
      boolean last = true;
      for (Event other : candidates) {
        last &= other == event || !other.isAfter(event.thread, event.number);
      }
      if (last) {
        result[size++] = event.index;
      }
    }
    return Arrays.copyOf(result, size);
  }

  static void note(Event event, Location at, boolean writes) {
    if (at == null) {
      return;
    }
    if (at.isLock) {
      if (event.kind == OpKind.ENTER) {
        at.lastWrite = event;
      } else {
        at.released = event.order;
      }
    } else if (writes) {
      at.lastWrite = event;
      at.readsSince.clear();
    } else {
      for (int i = 0; i < at.readsSince.size(); i++) {
        if (at.readsSince.get(i).thread == event.thread) {
          at.readsSince.remove(i--);
        }
      }
      at.readsSince.add(event);
    }
  }

  static int[] with(int[] some, int[] more) {
    int[] result = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, result, some.length, more.length);
    return result;
  }

  static boolean conflict(Location at, boolean writes, SimThread other) {
    return at != null
        && (at == other.first && (writes || other.writesFirst)
            || at == other.second && (writes || other.writesSecond));
  }
}
