package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What earlier runs of a scenario taught about the places of its memory. Plain accesses are points
 * of choice only where a race is known; where there is none, every outcome is reached by switching
 * at synchronization alone.
 */
public final class Knowledge {
  private static final int MOST_PROMISES = 16;
  private final BitSet racy = new BitSet();
  private final BitSet weak = new BitSet();
  private final Set<Integer> bounded = new TreeSet<>();
  private final Set<Integer> endless = new HashSet<>();
  private final Set<Integer> spun = new TreeSet<>();
  private Set<Integer> knownToSpin = Set.of();
  private final Set<Integer> touchedByTwo = new HashSet<>();
  private final Map<Integer, Long> touched = new java.util.HashMap<>();
  private final List<Promise> learnt = new ArrayList<>();
  private List<Promise> promises = List.of();
  private boolean initializersMeet;
  private boolean triesLocks;
  private int version;
  private Set<String> given;

  /**
   * A write that a thread does after some reads, if nobody else does anything meanwhile.
   *
   * @param ordinal how many accesses of the thread come before the first of these reads
   * @param history what those gave; null if it is not asked
   * @param needs what the reads must find where
   */
  record Promise(
      int thread, int ordinal, Integer history, int key, Object value, Map<Integer, Object> needs) {
    private static final Pattern MARK =
        Pattern.compile("p(\\d+)o(\\d+)k([0-9a-f]+)([nizl])(m?\\d+)");

    /** A short word for it, without its reasons. */
    private String mark() {
      String what =
          value == null
              ? "n0"
              : value instanceof Boolean b
                  ? b ? "z1" : "z0"
                  : (value instanceof Integer ? "i" : "l") + value.toString().replace('-', 'm');
      return "p" + thread + "o" + ordinal + "k" + Knowledge.mark(key) + what;
    }

    /** What {@link #mark} wrote, if it is about that sort of place. */
    private static Optional<Promise> parse(String mark, int key) {
      Matcher word = MARK.matcher(mark);
      if (!word.matches() || !word.group(3).equals(Knowledge.mark(key))) {
        return Optional.empty();
      }
      long number = Long.parseLong(word.group(5).replace('m', '-'));
      Object value =
          switch (word.group(4)) {
            case "n" -> null;
            case "z" -> number == 1;
            case "i" -> (int) number;
            default -> number;
          };
      int thread = Integer.parseInt(word.group(1));
      int ordinal = Integer.parseInt(word.group(2));
      return Optional.of(new Promise(thread, ordinal, null, key, value, Map.of()));
    }
  }

  /** Learns of a promise; runs do not look different because of it before {@link #publish}. */
  void learn(Promise promise) {
    if (given == null && learnt.size() < MOST_PROMISES && !learnt.contains(promise)) {
      learnt.add(promise);
    }
  }

  /** From now on reads may see what is promised. Says whether that is more than before. */
  public boolean publish() {
    knownToSpin = Set.copyOf(spun);
    boolean more = learnt.size() > promises.size();
    promises = more ? List.copyOf(learnt) : promises;
    return more;
  }

  /** Promises to write to places of that sort. */
  List<Promise> promises(int key) {
    if (given != null) {
      return given.stream().flatMap(mark -> Promise.parse(mark, key).stream()).toList();
    }
    return promises.isEmpty()
        ? promises
        : promises.stream().filter(promise -> promise.key() == key).toList();
  }

  /** Somebody has tried a lock without waiting for it, or asked whether it is locked. */
  void triesLocks() {
    triesLocks = true;
  }

  /** Whether it can be told apart if a lock is given up before or after another thread runs. */
  boolean areLocksTried() {
    return triesLocks;
  }

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
    knownToSpin.forEach(key -> marks.add("y" + mark(key)));
    promises.forEach(promise -> marks.add(promise.mark()));
    return List.copyOf(marks);
  }

  /** Knows from now on what another one knew, and learns nothing more. */
  public void become(List<String> marks) {
    given = Set.copyOf(marks);
    racy.clear();
    weak.clear();
    bounded.clear();
    knownToSpin = Set.of();
    promises = List.of();
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
      changed();
    }
  }

  void weak(int key) {
    if (given == null && key >= 0 && !weak.get(key)) {
      weak.set(key);
      changed();
    }
  }

  /** A thread was left alone in a loop there: it came to the end of it, or it did not. */
  void looped(int key, boolean toTheEnd) {
    (toTheEnd ? bounded : endless).add(key);
    changed();
  }

  /** Promises are about accesses that were visible when they were made. */
  private void changed() {
    version++;
    learnt.clear();
    promises = List.of();
  }

  /**
   * Where a thread spins was seen to spin without end; once that is published it is not watched for
   * so long again.
   */
  void endless(SimThread spinner) {
    if (given == null && spun.add(placeOf(spinner))) {
      changed();
    }
  }

  boolean isEndless(SimThread spinner) {
    int place = placeOf(spinner);
    return knownToSpin.contains(place) || isGiven("y", place);
  }

  private static int placeOf(SimThread spinner) {
    return spinner.first == null ? -100 - spinner.kind.ordinal() : spinner.first.key;
  }

  void initializersMeet() {
    initializersMeet = true;
  }

  /** Whether a thread has initialized a class because the initializer of another one uses it. */
  public boolean doInitializersMeet() {
    return initializersMeet;
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
