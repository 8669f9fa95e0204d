package threadmill.run;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import threadmill.jail.Ending;
import threadmill.model.Check;
import threadmill.model.CheckResult;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Outcome;

/**
 * Decides what counts. It knows every check that must be answered and hands out a fresh nonce for
 * each question; an answer counts once, for the question asked last, with its nonce. What is
 * missing in the end is inconclusive, never a pass; an answer nobody asked for spoils the whole
 * verdict. Once the grader is ending nothing counts any more. Used from one thread.
 */
final class Judge {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<Check> expected;
  private final Map<String, CheckResult> results = new HashMap<>();
  private Check open;
  private String nonce;
  private Optional<Finding> tampering = Optional.empty();
  private Finding missing = Finding.of(Kind.INCONCLUSIVE, "no result arrived for this check");

  Judge(List<Check> expected) {
    this.expected = List.copyOf(expected);
  }

  static String freshNonce() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The checks that have no result yet, in order. */
  List<Check> pending() {
    return expected.stream().filter(c -> !results.containsKey(c.id())).toList();
  }

  /** Opens a question and answers its nonce. */
  String ask(Check check) {
    if (results.containsKey(check.id()) || !expected.contains(check)) {
      throw new IllegalStateException(check.id() + " is not to be asked");
    }
    open = check;
    nonce = freshNonce();
    return nonce;
  }

  /** Takes an answer; one that nobody asked for is kept as tampering. */
  void hear(Wire.Answer answer) {
    Ending.stopHere();
    boolean wanted = open != null && answer.nonce().equals(nonce);
    boolean consistent = answer.finding().isPresent() == needsFinding(answer.outcome());
    if (!wanted || !consistent) {
      tampering =
          Optional.of(Finding.of(Kind.TAMPER, "a result arrived that the judge had not asked for"));
      return;
    }
    Duration duration = Duration.ofNanos(answer.nanos());
    close(new CheckResult(open, answer.outcome(), answer.finding(), duration));
  }

  /** Closes the open question without an answer of the child's. */
  void conclude(Finding finding, Duration duration) {
    Ending.stopHere();
    if (open == null) {
      throw new IllegalStateException("nothing was asked");
    }
    close(CheckResult.failed(open, finding, duration));
  }

  /** Closes a check at which the grader broke, unless it has failed before. */
  void spoil(Check check, Finding ours) {
    results.compute(
        check.id(),
        (id, heard) ->
            heard != null && heard.outcome() == Outcome.FAILED
                ? heard
                : CheckResult.failed(check, ours, Duration.ZERO));
    open = null;
    nonce = null;
  }

  /** Says why checks that have no result were not asked. */
  void leaveOpen(Finding why) {
    missing = why;
  }

  /** Forgets an inconclusive result, so that the check may be asked again. */
  void reopen(Check check) {
    CheckResult result = results.get(check.id());
    if (result != null && result.outcome() == Outcome.INCONCLUSIVE) {
      results.remove(check.id());
    }
  }

  /** Puts a finding in the place of a result that was heard, since its JVM did not end well. */
  void overrule(Check check, Finding finding) {
    Ending.stopHere();
    results.computeIfPresent(
        check.id(), (id, heard) -> CheckResult.failed(check, finding, heard.duration()));
  }

  Optional<Finding> tampering() {
    return tampering;
  }

  Optional<CheckResult> result(Check check) {
    return Optional.ofNullable(results.get(check.id()));
  }

  /** One result for every expected check, in order. */
  List<CheckResult> results() {
    List<CheckResult> all = new ArrayList<>();
    for (Check check : expected) {
      CheckResult known = results.get(check.id());
      if (tampering.isPresent()) {
        all.add(CheckResult.failed(check, tampering.get(), Duration.ZERO));
      } else if (known == null) {
        all.add(CheckResult.failed(check, missing, Duration.ZERO));
      } else {
        all.add(known);
      }
    }
    return all;
  }

  private void close(CheckResult result) {
    results.put(open.id(), result);
    open = null;
    nonce = null;
  }

  private static boolean needsFinding(Outcome outcome) {
    return outcome == Outcome.FAILED || outcome == Outcome.INCONCLUSIVE;
  }
}
