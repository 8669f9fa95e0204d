package threadmill.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of one submission.
 *
 * @param submission its name
 * @param hash as in {@link Submission#hash}; empty if it could not be taken in
 * @param level how it was confined
 * @param refusal why nothing of it could be graded
 * @param inconclusive why nothing of it could be graded where that speaks against nobody
 */
public record Report(
    String submission,
    String hash,
    String kitVersion,
    String jdk,
    long seed,
    String level,
    Instant gradedAt,
    List<Verdict> verdicts,
    List<String> notes,
    Optional<String> refusal,
    Optional<String> inconclusive) {
  public Report {
    verdicts = List.copyOf(verdicts);
    notes = List.copyOf(notes);
  }

  public int points() {
    return verdicts.stream().mapToInt(Verdict::points).sum();
  }

  public int maxPoints() {
    return verdicts.stream().mapToInt(Verdict::maxPoints).sum();
  }

  /** Whether there is something to say and all of it is good. */
  public boolean allPassed() {
    return refusal.isEmpty()
        && inconclusive.isEmpty()
        && !verdicts.isEmpty()
        && verdicts.stream().allMatch(v -> v.status() == Status.PASSED);
  }

  /** Whether something of it was our fault or the machine's, so that it is asked again. */
  public boolean isInconclusive() {
    return inconclusive.isPresent() || verdicts.stream().anyMatch(Verdict::isInconclusive);
  }
}
