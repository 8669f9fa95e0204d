package threadmill.explore.sim;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What earlier runs of a scenario taught about the places of its memory. Plain accesses are points
 * of choice only where a race is known; where there is none, every outcome is reached by switching
 * at synchronization alone.
 */
public final class Knowledge {
  private final BitSet racy = new BitSet();
  private final BitSet weak = new BitSet();
  private final Set<Integer> bounded = new TreeSet<>();
  private final Set<Integer> endless = new HashSet<>();
  private final Set<Integer> touchedByTwo = new HashSet<>();
  private final java.util.Map<Integer, Long> touched = new java.util.HashMap<>();
  private int version;
  private Set<String> given;

  /** Grows whenever something new was learnt that makes a run look different. */
  public int version() {
    return version;
  }

  boolean isRacy(int key) {
    return key >= 0 && (racy.get(key) || isGiven("", key));
  }

  boolean isWeak(int key) {
    return key >= 0 && (weak.get(key) || isGiven("w", key));
  }

  /** Whether a loop that keeps coming back to this place ends by itself. */
  boolean isBounded(int key) {
    return bounded.contains(key) || isGiven("s", key);
  }

  /** Whether that is not known yet and can be learnt. */
  boolean isUnknown(int key) {
    return given == null && !bounded.contains(key) && !endless.contains(key);
  }

  private boolean isGiven(String sort, int key) {
    return given != null && given.contains(sort + mark(key));
  }

  /**
   * What makes runs of this scenario look as they do now, as short words that mean the same in
   * another JVM.
   */
  public List<String> marks() {
    Set<String> marks = new TreeSet<>();
    racy.stream().forEach(key -> marks.add(mark(key)));
    weak.stream().forEach(key -> marks.add("w" + mark(key)));
    bounded.forEach(key -> marks.add("s" + mark(key)));
    return List.copyOf(marks);
  }

  /** Knows from now on what another one knew, and learns nothing more. */
  public void become(List<String> marks) {
    given = Set.copyOf(marks);
    racy.clear();
    weak.clear();
    bounded.clear();
  }

  private static String mark(int key) {
    int stable = key;
    if (key >= 0 && key < Fields.MOST) {
      Fields.Field field = Fields.of(key);
      stable = (field.owner() + "." + field.name()).hashCode();
    }
    return Integer.toHexString((stable ^ stable >>> 16) & 0xFFFF);
  }

  void race(int key) {
    if (given == null && !racy.get(key)) {
      racy.set(key);
      version++;
    }
  }

  void weak(int key) {
    if (given == null && key >= 0 && !weak.get(key)) {
      weak.set(key);
      version++;
    }
  }

  /** A thread was left alone in a loop there: it came to the end of it, or it did not. */
  void looped(int key, boolean toTheEnd) {
    (toTheEnd ? bounded : endless).add(key);
    version++;
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
