package threadmill.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a check was not passed: the kind of mistake, one sentence, the student's line, and what was
 * seen, line by line. What is longer than a person would read is cut.
 *
 * @param evidence what was seen this time, measured numbers too; the next run may see another thing
 * @param trace for an explored check: the run that the evidence draws, for tools
 * @param costsAll whether it costs the points of all checks: what the exercise asks to build was
 *     taken ready-made, so that the others say nothing of the student's work
 */
public record Finding(
    Kind kind,
    String sentence,
    Optional<Where> where,
    List<String> evidence,
    Optional<Trace> trace,
    boolean costsAll) {
  /** Characters of a sentence, and of one piece of evidence, at most. */
  static final int LONGEST = 4_000;

  static final int MOST_EVIDENCE = 200;
  static final int ALL_EVIDENCE = 40_000;

  public Finding {
    Objects.requireNonNull(kind, "kind");
    sentence = Cut.text(sentence, LONGEST);
    Objects.requireNonNull(where, "where");
    evidence = Cut.lines(evidence, MOST_EVIDENCE, LONGEST, ALL_EVIDENCE);
    Objects.requireNonNull(trace, "trace");
  }

  public Finding(Kind kind, String sentence, Optional<Where> where, List<String> evidence) {
    this(kind, sentence, where, evidence, Optional.empty(), false);
  }

  public static Finding of(Kind kind, String sentence) {
    return new Finding(kind, sentence, Optional.empty(), List.of());
  }

  public Finding at(Where line) {
    return at(Optional.of(line));
  }

  public Finding at(Optional<Where> line) {
    return new Finding(kind, sentence, line, evidence, trace, costsAll);
  }

  /** The same with other words. */
  public Finding saying(String other) {
    return new Finding(kind, other, where, evidence, trace, costsAll);
  }

  public Finding with(Trace run) {
    return new Finding(kind, sentence, where, evidence, Optional.of(run), costsAll);
  }

  public Finding with(List<String> more) {
    var all = new java.util.ArrayList<>(evidence);
    all.addAll(more);
    return new Finding(kind, sentence, where, all, trace, costsAll);
  }
}
