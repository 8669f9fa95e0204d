package threadmill.model;

import java.time.Duration;
import java.util.Optional;

/** How one check ended and, unless it passed, why. */
public record CheckResult(
    Check check, Outcome outcome, Optional<Finding> finding, Duration duration) {
  public static CheckResult passed(Check check, Duration duration) {
    return new CheckResult(check, Outcome.PASSED, Optional.empty(), duration);
  }

  public static CheckResult failed(Check check, Finding finding, Duration duration) {
    Outcome outcome = finding.kind() == Kind.INCONCLUSIVE ? Outcome.INCONCLUSIVE : Outcome.FAILED;
    return new CheckResult(check, outcome, Optional.of(finding), duration);
  }

  public static CheckResult notStarted(Check check) {
    return new CheckResult(check, Outcome.NOT_STARTED, Optional.empty(), Duration.ZERO);
  }

  public int points() {
    return outcome == Outcome.PASSED ? check.points() : 0;
  }
}
