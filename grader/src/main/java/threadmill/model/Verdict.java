package threadmill.model;

import java.util.List;
import java.util.Optional;

/**
 * What is known of one exercise of one submission.
 *
 * @param results one for every check of the contract, in the contract's order
 * @param problem why no check could run, for a submission that did not compile or could not be read
 * @param output what the student's code printed, capped
 */
public record Verdict(
    Exercise exercise,
    Status status,
    List<CheckResult> results,
    Optional<Finding> problem,
    Durations durations,
    String output) {
  public Verdict {
    results = List.copyOf(results);
  }

  /** What it is worth: the points of the checks that passed, unless a finding costs them all. */
  public int points() {
    return costsAll().isPresent() ? 0 : results.stream().mapToInt(CheckResult::points).sum();
  }

  /** The check whose finding costs the points of all checks, if there is one. */
  public Optional<CheckResult> costsAll() {
    return results.stream()
        .filter(r -> r.finding().map(Finding::costsAll).orElse(false))
        .findFirst();
  }

  public int maxPoints() {
    return results.stream().mapToInt(r -> r.check().points()).sum();
  }

  /** Whether something of it is open through no fault of the student's, whatever else was found. */
  public boolean isInconclusive() {
    return status == Status.INCONCLUSIVE
        || results.stream().anyMatch(r -> r.outcome() == Outcome.INCONCLUSIVE);
  }

  public long passed() {
    return results.stream().filter(r -> r.outcome() == Outcome.PASSED).count();
  }

  /** The findings, in the order of the checks; a problem that stopped everything stands alone. */
  public List<Finding> findings() {
    return problem
        .map(List::of)
        .orElseGet(() -> results.stream().flatMap(r -> r.finding().stream()).toList());
  }

  /** Derives the status from the results: any finding rejects, a gap is never a pass. */
  public static Status statusOf(List<CheckResult> results) {
    boolean failed = results.stream().anyMatch(r -> r.outcome() == Outcome.FAILED);
    boolean unclear =
        results.stream()
            .map(CheckResult::outcome)
            .anyMatch(o -> o == Outcome.INCONCLUSIVE || o == Outcome.NOT_RUN);
    long passed = results.stream().filter(r -> r.outcome() == Outcome.PASSED).count();
    long open = results.stream().filter(r -> r.outcome() == Outcome.NOT_STARTED).count();
    if (failed) {
      return Status.REJECTED;
    }
    if (unclear || results.isEmpty()) {
      return Status.INCONCLUSIVE;
    }
    if (open == 0) {
      return Status.PASSED;
    }
    return passed == 0 ? Status.NOT_STARTED : Status.IN_PROGRESS;
  }
}
