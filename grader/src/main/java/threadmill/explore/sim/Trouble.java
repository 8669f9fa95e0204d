package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import threadmill.model.Kind;
import threadmill.model.Where;

/**
 * What went wrong in a run.
 *
 * @param kind the sort of mistake, or {@code INCONCLUSIVE} if it is ours
 * @param where the line, as a traced run tells
 * @param lines more of what is known, a sentence each
 * @param thrown what was thrown, if that is the trouble
 */
public record Trouble(
    Kind kind, String sentence, Optional<Where> where, List<String> lines, Throwable thrown) {
  static Trouble of(Kind kind, String sentence) {
    return new Trouble(kind, sentence, Optional.empty(), List.of(), null);
  }

  Trouble at(Seen seen) {
    return new Trouble(kind, sentence, seen.where(), lines, thrown);
  }

  Trouble with(String line) {
    List<String> all = new ArrayList<>(lines);
    all.add(line);
    return new Trouble(kind, sentence, where, all, thrown);
  }

  Trouble because(Throwable cause) {
    return new Trouble(kind, sentence, where, lines, cause);
  }
}
