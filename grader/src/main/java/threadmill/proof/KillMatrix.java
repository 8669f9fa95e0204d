package threadmill.proof;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import threadmill.kit.Specimen;
import threadmill.kit.Specimen.Role;
import threadmill.model.Check;
import threadmill.model.CheckResult;
import threadmill.model.Durations;
import threadmill.model.Exercise;
import threadmill.model.Finding;
import threadmill.model.Outcome;
import threadmill.model.Status;
import threadmill.model.Verdict;

/** Which check rejected which specimen, how many times of how many. Thread-safe. */
final class KillMatrix {
  private static final Comparator<Specimen> ORDER =
      Comparator.comparing(Specimen::role).thenComparing(Specimen::name);

  private final Exercise exercise;
  private final List<Check> checks;
  private final Map<Specimen, List<Verdict>> verdicts = new TreeMap<>(ORDER);

  KillMatrix(Exercise exercise, List<Check> checks) {
    this.exercise = exercise;
    this.checks = checks;
  }

  synchronized void add(Specimen specimen, Verdict verdict) {
    verdicts.computeIfAbsent(specimen, s -> new ArrayList<>()).add(verdict);
  }

  synchronized int verdicts() {
    return verdicts.values().stream().mapToInt(List::size).sum();
  }

  /**
   * A row for each specimen, a column for each check; the declared check's count is in brackets.
   */
  synchronized void print(PrintStream out) {
    int width = verdicts.keySet().stream().mapToInt(s -> label(s).length()).max().orElse(10);
    out.printf(Locale.ROOT, "%n%s  %s%n", exercise.order(), exercise.id());
    StringBuilder head = new StringBuilder(" ".repeat(width + 2));
    checks.forEach(c -> head.append(String.format(Locale.ROOT, "%6s", c.id())));
    out.println(head.append("   verdict").toString());
    verdicts.forEach((specimen, all) -> out.println(row(specimen, all, width)));
  }

  private String row(Specimen specimen, List<Verdict> all, int width) {
    StringBuilder row =
        new StringBuilder(String.format(Locale.ROOT, "  %-" + width + "s", label(specimen)));
    for (Check check : checks) {
      long kills = kills(all, check.id());
      boolean declared = specimen.killer().equals(Optional.of(check.id()));
      String cell = kills == 0 && !declared ? "." : declared ? "[" + kills + "]" : "" + kills;
      row.append(String.format(Locale.ROOT, "%6s", cell));
    }
    row.append("   ").append(faults(specimen, all).isEmpty() ? "as expected" : "WRONG");
    LongSummaryStatistics millis = all.stream().mapToLong(KillMatrix::millis).summaryStatistics();
    row.append(String.format(Locale.ROOT, ", %.1f s", millis.getAverage() / 1_000));
    if (all.size() > 1) {
      row.append(String.format(Locale.ROOT, ", at most %.1f s", millis.getMax() / 1_000.0));
    }
    long findings = specimen.killer().stream().flatMap(k -> findings(all, k)).distinct().count();
    return row.append(findings > 1 ? ", " + findings + " findings" : "").toString();
  }

  private static long millis(Verdict verdict) {
    Durations durations = verdict.durations();
    return durations.compile().plus(durations.start()).plus(durations.run()).toMillis();
  }

  private static String label(Specimen specimen) {
    return specimen.role() == Role.VARIANT || specimen.role() == Role.MUTANT
        ? specimen.role().name().toLowerCase(Locale.ROOT) + " " + specimen.name()
        : specimen.name();
  }

  /**
   * What is not as it should be.
   *
   * @param whole whether all specimens were graded, so that every check must have rejected one
   */
  synchronized List<String> faults(boolean whole) {
    List<String> faults = new ArrayList<>();
    verdicts.forEach((specimen, all) -> faults.addAll(faults(specimen, all)));
    if (whole) {
      for (Check check : checks) {
        boolean useful =
            verdicts.entrySet().stream()
                .filter(e -> e.getKey().role() == Role.MUTANT)
                .anyMatch(e -> kills(e.getValue(), check.id()) > 0);
        if (!useful) {
          faults.add(exercise.id() + ": check " + check.id() + " rejects no mutant");
        }
      }
    }
    for (Check check : checks) {
      if (!check.method().contains("_")) {
        faults.add(exercise.id() + ": the name of " + check.id() + " is no sentence");
      }
    }
    int points = checks.stream().mapToInt(Check::points).sum();
    if (points != exercise.points()) {
      faults.add(
          exercise.id()
              + ": README says "
              + exercise.points()
              + " points, the checks give "
              + points);
    }
    return faults;
  }

  private List<String> faults(Specimen specimen, List<Verdict> all) {
    String name = exercise.id() + " " + label(specimen);
    List<String> faults = new ArrayList<>();
    for (Verdict verdict : all) {
      switch (specimen.role()) {
        case STUB -> expect(name, Status.NOT_STARTED, verdict, faults);
        case REFERENCE, VARIANT -> expect(name, Status.PASSED, verdict, faults);
        case MUTANT -> {
          if (kills(List.of(verdict), specimen.killer().orElseThrow()) == 0) {
            faults.add(
                name + " was not rejected by " + specimen.killer().get() + describe(verdict));
          }
          if (verdict.results().stream().anyMatch(r -> r.outcome() == Outcome.INCONCLUSIVE)) {
            faults.add(name + " was inconclusive" + describe(verdict));
          }
        }
        default -> throw new IllegalStateException();
      }
    }
    specimen.killer().flatMap(killer -> unsteady(name, all, killer)).ifPresent(faults::add);
    return faults;
  }

  /** What exploration finds does not depend on the seed, the machine or the day. */
  private static Optional<String> unsteady(String name, List<Verdict> all, String killer) {
    List<Finding> explored =
        findings(all, killer).filter(f -> f.trace().isPresent()).distinct().toList();
    if (explored.size() < 2) {
      return Optional.empty();
    }
    return Optional.of(
        name
            + ": "
            + killer
            + " says "
            + explored.size()
            + " different things in different runs"
            + explored.stream().map(f -> describe("", f)).reduce("", String::concat));
  }

  private static void expect(String name, Status wanted, Verdict verdict, List<String> faults) {
    if (verdict.status() != wanted) {
      faults.add(
          name + " is " + verdict.status().words() + ", not " + wanted.words() + describe(verdict));
    }
  }

  private static String describe(Verdict verdict) {
    StringBuilder text = new StringBuilder();
    verdict.problem().ifPresent(p -> text.append("\n      ").append(p.sentence()));
    for (CheckResult result : verdict.results()) {
      result.finding().ifPresent(f -> text.append(describe(result.check().id() + " ", f)));
    }
    return text.toString();
  }

  private static String describe(String check, Finding finding) {
    StringBuilder text = new StringBuilder("\n      " + check);
    finding.where().ifPresent(where -> text.append(where).append(" "));
    text.append(finding.kind()).append(" ").append(finding.sentence());
    finding.evidence().forEach(line -> text.append("\n        | ").append(line));
    return text.toString();
  }

  /** What a check said of a specimen, each time that it rejected it. */
  private static Stream<Finding> findings(List<Verdict> all, String check) {
    return rejections(all, check).flatMap(r -> r.finding().stream());
  }

  private static long kills(List<Verdict> all, String check) {
    return rejections(all, check).count();
  }

  private static Stream<CheckResult> rejections(List<Verdict> all, String check) {
    return all.stream()
        .flatMap(v -> v.results().stream())
        .filter(r -> r.check().id().equals(check) && r.outcome() == Outcome.FAILED);
  }
}
