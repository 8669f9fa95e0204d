package threadmill.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a check was not passed: the kind of mistake, one sentence, the student's line, and what was
 * seen, line by line.
 *
 * @param trace for an explored check: the run that the evidence draws, for tools
 */
public record Finding(
    Kind kind,
    String sentence,
    Optional<Where> where,
    List<String> evidence,
    Optional<Trace> trace) {
  public Finding {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(sentence, "sentence");
    Objects.requireNonNull(where, "where");
    evidence = List.copyOf(evidence);
    Objects.requireNonNull(trace, "trace");
  }

  public Finding(Kind kind, String sentence, Optional<Where> where, List<String> evidence) {
    this(kind, sentence, where, evidence, Optional.empty());
  }

  public static Finding of(Kind kind, String sentence) {
    return new Finding(kind, sentence, Optional.empty(), List.of());
  }

  public Finding at(Where line) {
    return new Finding(kind, sentence, Optional.of(line), evidence, trace);
  }

  public Finding with(Trace run) {
    return new Finding(kind, sentence, where, evidence, Optional.of(run));
  }

  public Finding with(List<String> more) {
    var all = new java.util.ArrayList<>(evidence);
    all.addAll(more);
    return new Finding(kind, sentence, where, all, trace);
  }
}
