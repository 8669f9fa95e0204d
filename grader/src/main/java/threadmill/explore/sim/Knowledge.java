package threadmill.explore.sim;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * What earlier runs of a scenario taught about the places of its memory. Plain accesses are points
 * of choice only where a race is known; where there is none, every outcome is reached by switching
 * at synchronization alone.
 */
public final class Knowledge {
  private final BitSet racy = new BitSet();
  private final BitSet weak = new BitSet();
  private final Set<Integer> touchedByTwo = new HashSet<>();
  private final java.util.Map<Integer, Long> touched = new java.util.HashMap<>();
  private int version;

  /** Grows whenever something new was learnt that makes more of a run visible. */
  public int version() {
    return version;
  }

  boolean isRacy(int key) {
    return key >= 0 && racy.get(key);
  }

  boolean isWeak(int key) {
    return key >= 0 && weak.get(key);
  }

  void race(int key) {
    if (!racy.get(key)) {
      racy.set(key);
      version++;
    }
  }

  void weak(int key) {
    if (key >= 0 && !weak.get(key)) {
      weak.set(key);
      version++;
    }
  }

  void touch(int key, int thread) {
    Long before = touched.get(key);
    long now = (before == null ? 0 : before) | 1L << thread;
    if (before == null || before != now) {
      touched.put(key, now);
      if (Long.bitCount(now) > 1) {
        touchedByTwo.add(key);
      }
    }
  }

  /** Whether threads have met at this sort of place. */
  boolean isShared(int key) {
    return touchedByTwo.contains(key);
  }
}
