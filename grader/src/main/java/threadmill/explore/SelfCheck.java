package threadmill.explore;

import java.util.List;
import java.util.Optional;
import threadmill.explore.planted.Planted;
import threadmill.model.Finding;

/**
 * Whether the explorer sees on this JVM what it must see: bugs planted on purpose, and a right
 * program. What it says is believed only then. Done once for each JVM. Thread-safe.
 */
public final class SelfCheck {
  private static final int BUDGET = 60;
  private static Optional<String> complaint;

  private SelfCheck() {}

  /** What is wrong with the explorer here, or nothing. */
  public static synchronized Optional<String> complaint() {
    if (complaint == null) {
      complaint = check();
    }
    return complaint;
  }

  private static Optional<String> check() {
    String home = Planted.class.getPackageName() + ".";
    Explorer explorer =
        new Explorer(
            SelfCheck.class.getClassLoader(), n -> n.startsWith(home), n -> n.startsWith(home));
    for (Planted.Case planted : Planted.Case.values()) {
      Optional<Finding> found;
      try {
        found =
            explorer
                .explore(Planted.class.getName(), planted.method(), List.of(), BUDGET, 1)
                .finding();
      } catch (RuntimeException | LinkageError e) {
        return Optional.of("the explorer does not work on this JVM: " + e);
      }
      if (!found.map(Finding::kind).equals(planted.expected())) {
        return Optional.of(
            "the explorer does not work on this JVM: in "
                + planted.method()
                + " it found "
                + found.map(f -> f.kind() + ", " + f.sentence()).orElse("nothing"));
      }
    }
    return Optional.empty();
  }
}
