package threadmill.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import threadmill.explore.search.Search;
import threadmill.explore.sim.Story;
import threadmill.explore.sim.Trouble;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Trace;
import threadmill.model.Where;

/** A trouble and its story as a finding: a sentence, a line, and what the threads did, in lanes. */
final class Telling {
  /** What goes wrong between two lines, as opposed to at one where everybody waits. */
  private static final Set<Kind> BETWEEN_LINES = Set.of(Kind.SAFETY, Kind.CRASH);

  private Telling() {}

  private static Trace trace(List<Story.Line> lines, Search.Result found, String schedule) {
    List<Trace.Step> steps =
        lines.stream().map(l -> new Trace.Step(l.thread(), l.where(), l.text())).toList();
    return new Trace(found.threads(), steps, schedule);
  }

  static Finding finding(Trouble trouble, Search.Result found) {
    List<String> evidence = new ArrayList<>(trouble.lines());
    List<Story.Line> lines =
        found.story().map(story -> Lanes.relevant(story.lines())).orElse(List.of());
    evidence.addAll(Lanes.draw(lines, found.threads()));
    if (BETWEEN_LINES.contains(trouble.kind())) {
      Lanes.gap(lines, found.threads()).ifPresent(evidence::add);
    }
    Optional<Where> where =
        trouble
            .where()
            .or(
                () ->
                    lines.stream()
                        .filter(Story.Line::theirs)
                        .reduce((first, second) -> second)
                        .flatMap(Story.Line::where));
    Finding finding = new Finding(trouble.kind(), trouble.sentence(), where, evidence);
    return found
        .schedule()
        .map(s -> finding.with(trace(lines, found, s.toString())))
        .orElse(finding);
  }
}
