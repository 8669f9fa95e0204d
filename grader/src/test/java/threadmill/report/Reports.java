package threadmill.report;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import threadmill.model.Check;
import threadmill.model.CheckResult;
import threadmill.model.Durations;
import threadmill.model.Exercise;
import threadmill.model.Finding;
import threadmill.model.Kind;
import threadmill.model.Outcome;
import threadmill.model.Report;
import threadmill.model.Status;
import threadmill.model.Trace;
import threadmill.model.Verdict;
import threadmill.model.Where;

/** A verdict of each sort, always the same. */
final class Reports {
  static final Exercise SEMAPHORE =
      new Exercise(
          "locks.semaphore",
          "5.3",
          "Counting semaphore",
          2,
          5,
          17,
          false,
          List.of(),
          Path.of("README.md"),
          List.of(),
          List.of(),
          List.of());
  static final Check S1 =
      new Check("S1", "It counts", 2, 60, "locks.semaphore.CountingSemaphoreTest", "it_counts");
  static final Check S2 =
      new Check("S2", "It waits", 3, 60, "locks.semaphore.CountingSemaphoreTest", "it_waits");
  static final Durations DURATIONS =
      new Durations(Duration.ofMillis(400), Duration.ofMillis(350), Duration.ofMillis(1_250));

  private static final Finding LOST =
      new Finding(
          Kind.STUCK,
          "acquire() never returned",
          Optional.of(new Where("src/CountingSemaphore.java", 21)),
          List.of("waiter  WAITING", "  at CountingSemaphore.java:21\n  at Thread.run"),
          Optional.of(
              new Trace(
                  List.of("scenario", "waiter"),
                  List.of(
                      new Trace.Step(
                          1, Optional.of(new Where("src/CountingSemaphore.java", 21)), "waits"),
                      new Trace.Step(0, Optional.empty(), "looks")),
                  "x0-1n2")),
          false);

  private Reports() {}

  static Verdict passed() {
    return verdict(Status.PASSED, pass(S1), pass(S2));
  }

  static Verdict rejected() {
    return verdict(Status.REJECTED, pass(S1), CheckResult.failed(S2, LOST, Duration.ofMillis(70)));
  }

  static Verdict inProgress() {
    return verdict(Status.IN_PROGRESS, pass(S1), CheckResult.notStarted(S2));
  }

  static Verdict notStarted() {
    return verdict(Status.NOT_STARTED, CheckResult.notStarted(S1), CheckResult.notStarted(S2));
  }

  static Verdict inconclusive() {
    Finding ours = Finding.of(Kind.INCONCLUSIVE, "the machine was too busy to tell");
    return verdict(
        Status.INCONCLUSIVE, pass(S1), CheckResult.failed(S2, ours, Duration.ofSeconds(30)));
  }

  static Verdict notCompiled() {
    Finding problem =
        new Finding(
            Kind.CONTRACT,
            "does not compile: ';' expected",
            Optional.of(new Where("src/CountingSemaphore.java", 7)),
            List.of("src/CountingSemaphore.java:7: ';' expected"));
    return stopped(Status.NOT_COMPILED, problem);
  }

  static Verdict readyMade() {
    Finding finding =
        new Finding(
            Kind.STRUCTURE,
            "CountingSemaphore uses Semaphore, which this exercise asks you to build",
            Optional.of(new Where("src/CountingSemaphore.java", 9)),
            List.of(),
            Optional.empty(),
            true);
    return verdict(
        Status.REJECTED, CheckResult.failed(S1, finding, Duration.ofMillis(9)), pass(S2));
  }

  static Verdict lacksMethod() {
    return stopped(
        Status.REJECTED,
        Finding.of(
            Kind.CONTRACT,
            "the contract needs public void release(), which your code no longer has"));
  }

  static Verdict printing(Status status, String output) {
    Verdict verdict = status == Status.REJECTED ? rejected() : passed();
    return new Verdict(SEMAPHORE, status, verdict.results(), Optional.empty(), DURATIONS, output);
  }

  static Verdict found(Finding finding) {
    return verdict(Status.REJECTED, CheckResult.failed(S1, finding, Duration.ZERO));
  }

  static Report of(Verdict... verdicts) {
    return report("0".repeat(64), List.of(verdicts), Optional.empty());
  }

  static Report refused() {
    return report("", List.of(), Optional.of("is an empty zip archive"));
  }

  static Report unreadable() {
    return report(
        "",
        List.of(),
        Optional.empty(),
        Optional.of("cannot be read (IOException: Input/output error)"));
  }

  private static Report report(String hash, List<Verdict> verdicts, Optional<String> refusal) {
    return report(hash, verdicts, refusal, Optional.empty());
  }

  private static Report report(
      String hash,
      List<Verdict> verdicts,
      Optional<String> refusal,
      Optional<String> inconclusive) {
    return new Report(
        "alice",
        hash,
        "0.1.0",
        "17.0.15+6",
        1,
        "D",
        Instant.parse("2026-11-01T10:00:00Z"),
        verdicts,
        List.of("ignored pom.xml: not a Java source"),
        refusal,
        inconclusive);
  }

  private static Verdict stopped(Status status, Finding problem) {
    CheckResult unasked = new CheckResult(S1, Outcome.NOT_RUN, Optional.empty(), Duration.ZERO);
    CheckResult another = new CheckResult(S2, Outcome.NOT_RUN, Optional.empty(), Duration.ZERO);
    return new Verdict(
        SEMAPHORE, status, List.of(unasked, another), Optional.of(problem), DURATIONS, "");
  }

  private static CheckResult pass(Check check) {
    return CheckResult.passed(check, Duration.ofMillis(12));
  }

  private static Verdict verdict(Status status, CheckResult... results) {
    return new Verdict(SEMAPHORE, status, List.of(results), Optional.empty(), DURATIONS, "");
  }
}
