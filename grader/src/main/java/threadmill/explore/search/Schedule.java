package threadmill.explore.search;

import java.util.ArrayList;
import java.util.List;
import threadmill.explore.sim.Chooser;
import threadmill.explore.sim.World;

/**
 * The decisions of one run, in a short string: {@code x1.5ac3-0-2n5-1} means that one unusual thing
 * may happen, that a place marked 5ac3 is visible, then 0 was decided, then 2 five times, then 1.
 * What comes after the last decision is usual. If it begins with {@code t}, the threads go on in
 * turn then, an operation each.
 *
 * @param deviations how many unusual things may happen
 * @param marks which places are visible beyond those that always are; after {@code w}, which are
 *     accessed weakly; after {@code s}, where coming back several times is no spinning; after
 *     {@code y}, where it goes on without end; after {@code p}, which write a thread has promised
 * @param inTurn whether the threads go on in turn after the last decision
 */
public record Schedule(
    int deviations, List<String> marks, List<Integer> decisions, boolean inTurn) {
  /** All threads in step from the beginning. */
  static final Schedule IN_TURN = new Schedule(0, List.of(), List.of(), true);

  private static final int MOST = 100_000;

  public Schedule(int deviations, List<String> marks, List<Integer> decisions) {
    this(deviations, marks, decisions, false);
  }

  public Schedule {
    marks = List.copyOf(marks);
    decisions = List.copyOf(decisions);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it is no schedule, saying where
   */
  public static Schedule parse(String text) {
    String[] parts = text.strip().split("-");
    if (!parts[0].matches(
        "[xt]\\d(\\.[swy]?[0-9a-f]{1,4}|\\.p\\d{1,2}o\\d{1,5}k[0-9a-f]{1,4}[nizl]m?\\d{1,19})*")) {
      throw new IllegalArgumentException(
          "a schedule begins with x or t and a digit, as in x0-1n3-0; this one begins with "
              + parts[0]);
    }
    List<Integer> decisions = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      if (!parts[i].matches("\\d{1,3}(n\\d{1,5})?")) {
        throw new IllegalArgumentException(
            "part " + i + " of the schedule is no decision: " + parts[i]);
      }
      int n = parts[i].indexOf('n');
      int value = Integer.parseInt(n < 0 ? parts[i] : parts[i].substring(0, n));
      int times = n < 0 ? 1 : Integer.parseInt(parts[i].substring(n + 1));
      for (int k = 0; k < times && decisions.size() < MOST; k++) {
        decisions.add(value);
      }
    }
    List<String> head = List.of(parts[0].split("\\."));
    int deviations = parts[0].charAt(1) - '0';
    boolean inTurn = parts[0].charAt(0) == 't';
    return new Schedule(deviations, head.subList(1, head.size()), decisions, inTurn);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(inTurn ? "t" : "x").append(deviations);
    marks.forEach(mark -> text.append('.').append(mark));
    for (int i = 0; i < decisions.size(); ) {
      int end = i;
      while (end < decisions.size() && decisions.get(end).equals(decisions.get(i))) {
        end++;
      }
      text.append('-').append(decisions.get(i)).append(end - i > 1 ? "n" + (end - i) : "");
      i = end;
    }
    return text.toString();
  }

  /** A chooser that decides so. */
  Follow follow() {
    return new Follow(decisions, inTurn);
  }

  /** Follows decisions as far as they go and can be followed; then does what is usual. */
  static final class Follow implements Chooser {
    private final List<Integer> decisions;
    private final boolean inTurn;
    private int at;
    private boolean diverged;

    Follow(List<Integer> decisions, boolean inTurn) {
      this.decisions = decisions;
      this.inTurn = inTurn;
    }

    /** Whether a decision could not be followed. */
    boolean diverged() {
      return diverged;
    }

    @Override
    public int next(World world, long enabled, int current) {
      if (Long.bitCount(enabled) == 1) {
        return Long.numberOfTrailingZeros(enabled);
      }
      if (at < decisions.size()) {
        int wanted = decisions.get(at++);
        if (Policy.isIn(enabled, wanted)) {
          return wanted;
        }
        diverged = true;
      }
      return inTurn ? Policy.inTurn(enabled, current) : Policy.usual(world, enabled, current);
    }

    @Override
    public boolean keepsStep() {
      return inTurn;
    }

    @Override
    public int choose(World world, int alternatives) {
      int wanted = at < decisions.size() ? decisions.get(at++) : 0;
      diverged |= wanted >= alternatives;
      return wanted < alternatives ? wanted : 0;
    }
  }
}
