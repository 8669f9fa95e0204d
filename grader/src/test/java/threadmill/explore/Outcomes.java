package threadmill.explore;

import java.util.Set;
import java.util.TreeSet;

/** Collects what runs ended with. Not woven, so it disturbs nothing. */
public final class Outcomes {
  private static final Set<String> SEEN = new TreeSet<>();

  private Outcomes() {}

  public static void add(String outcome) {
    SEEN.add(outcome);
  }

  static Set<String> take() {
    Set<String> result = new TreeSet<>(SEEN);
    if (Boolean.getBoolean("show")) {
      System.out.println(result);
    }
    SEEN.clear();
    return result;
  }
}
