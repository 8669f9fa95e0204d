package threadmill.harness;

import java.util.List;
import java.util.Optional;
import threadmill.evidence.RunningCheck;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Where;

/** Ends a check with a {@link Finding}. */
public final class Failure extends AssertionError {
  private static final long serialVersionUID = 1L;
  private final transient Finding finding;

  public Failure(Finding finding) {
    super(finding.kind() + ": " + finding.sentence());
    this.finding = finding;
    RunningCheck.current().failed(this);
  }

  public static Failure of(Kind kind, String sentence) {
    return new Failure(Finding.of(kind, sentence));
  }

  public static Failure of(
      Kind kind, String sentence, Optional<Where> where, List<String> evidence) {
    return new Failure(new Finding(kind, sentence, where, evidence));
  }

  /** A failure on the student's line that the current thread is running. */
  public static Failure here(Kind kind, String sentence) {
    return of(kind, sentence, Students.lineIn(Thread.currentThread().getStackTrace()), List.of());
  }

  public Finding finding() {
    return finding;
  }
}
