package threadmill.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import threadmill.intake.Unreadable;
import threadmill.model.Finding;
import threadmill.model.Kind;

/**
 * What is said where the grader or the machine is at fault: it speaks against nobody, and tells a
 * maintainer where to look.
 */
final class Fault {
  private static final int FRAMES = 8;

  private Fault() {}

  /** A finding with the place in the grader where it was thrown. */
  static Finding of(Throwable thrown) {
    List<String> evidence = new ArrayList<>();
    for (Throwable each = thrown; each != null && evidence.size() < 4 * FRAMES; ) {
      evidence.add(each.getClass().getName());
      Stream.of(each.getStackTrace()).limit(FRAMES).forEach(f -> evidence.add("at " + f));
      each = each.getCause() == each ? null : each.getCause();
    }
    return Finding.of(Kind.INCONCLUSIVE, sentence(thrown)).with(evidence);
  }

  /** The class of what was thrown and what it says. */
  static String sentence(Throwable thrown) {
    return "the grader could not work (" + Unreadable.reason(thrown) + ")";
  }
}
