package threadmill.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import threadmill.model.CheckResult;
import threadmill.model.Finding;
import threadmill.model.Outcome;
import threadmill.model.Report;
import threadmill.model.Status;
import threadmill.model.Verdict;

/** Verdicts for people: a line for each exercise and, for what failed, the finding. */
public final class ConsoleReport {
  private static final int OUTPUT_LINES = 10;
  private static final int LONGEST_LINE = 500;

  /** How to run one check again, to be completed by the caller, who knows its command. */
  @FunctionalInterface
  public interface Replay {
    String command(Verdict verdict, CheckResult result);
  }

  private final PrintStream out;
  private final Ink ink;
  private final Replay replay;

  public ConsoleReport(PrintStream out, Ink ink, Replay replay) {
    this.out = out;
    this.ink = ink;
    this.replay = replay;
  }

  /** One submission with all its exercises. */
  public void add(Report report) {
    String name = Printable.of(report.submission());
    out.println(ink.bold(name) + "  " + summary(report));
    report.refusal().ifPresent(why -> unmarked(ink.red("✗"), name, why));
    report.inconclusive().ifPresent(why -> unmarked(ink.yellow("?"), name, why));
    report.verdicts().forEach(this::add);
  }

  private void unmarked(String mark, String name, String why) {
    out.println("  " + mark + " " + name + " " + Printable.of(why));
  }

  /** One exercise. */
  public void add(Verdict verdict) {
    out.println(line(verdict));
    verdict.problem().ifPresent(p -> finding(p, "      "));
    for (CheckResult result : verdict.results()) {
      result.finding().ifPresent(finding -> failure(verdict, result, finding));
    }
    if (verdict.status() == Status.REJECTED && !verdict.output().isBlank()) {
      printed(verdict.output());
    }
  }

  private static String summary(Report report) {
    return report.refusal().isPresent() || report.inconclusive().isPresent()
        ? "not graded"
        : report.points() + " of " + report.maxPoints() + " points";
  }

  private String line(Verdict verdict) {
    return String.format(
        Locale.ROOT,
        "  %s %-22s %-28s %s",
        mark(verdict.status()),
        verdict.exercise().id(),
        verdict.exercise().title(),
        words(verdict));
  }

  private String mark(Status status) {
    return switch (status) {
      case PASSED -> ink.green("✓");
      case REJECTED, NOT_COMPILED -> ink.red("✗");
      case IN_PROGRESS -> ink.yellow("…");
      case INCONCLUSIVE -> ink.yellow("?");
      case NOT_STARTED -> ink.faint("·");
    };
  }

  private String words(Verdict verdict) {
    long failed = verdict.results().stream().filter(r -> r.outcome() == Outcome.FAILED).count();
    int all = verdict.results().size();
    return switch (verdict.status()) {
      case PASSED ->
          "passed, " + verdict.points() + " points " + ink.faint("(" + seconds(verdict) + ")");
      case REJECTED ->
          verdict.problem().isPresent()
              ? "cannot be checked"
              : failed
                  + " of "
                  + all
                  + " checks failed, "
                  + verdict.points()
                  + " of "
                  + verdict.maxPoints()
                  + " points"
                  + verdict.costsAll().map(ConsoleReport::reason).orElse("")
                  + " "
                  + ink.faint("(" + seconds(verdict) + ")");
      case IN_PROGRESS -> "in progress, " + verdict.passed() + " of " + all + " checks passed";
      case NOT_COMPILED ->
          verdict.problem().filter(p -> p.sentence().startsWith("does not compile")).isPresent()
              ? verdict.status().words()
              : "cannot be taken in";
      default -> verdict.status().words();
    };
  }

  private static String reason(CheckResult result) {
    return ", since what it asks to build was taken ready-made (" + result.check().id() + ")";
  }

  private static String seconds(Verdict verdict) {
    Duration all =
        verdict
            .durations()
            .compile()
            .plus(verdict.durations().start())
            .plus(verdict.durations().run());
    return String.format(Locale.ROOT, "%.1f s", all.toMillis() / 1_000.0);
  }

  private void failure(Verdict verdict, CheckResult result, Finding finding) {
    String mark = result.outcome() == Outcome.FAILED ? ink.red("✗") : ink.yellow("?");
    out.println();
    out.println(
        "    " + mark + " " + ink.bold(result.check().id()) + "  " + result.check().sentence());
    finding(finding, "         ");
    out.println("         " + ink.faint("again: " + replay.command(verdict, result)));
  }

  private void finding(Finding finding, String indent) {
    String where = finding.where().map(w -> Printable.of(w.toString()) + "  ").orElse("");
    out.println(
        indent
            + ink.bold(where)
            + ink.red(finding.kind().name())
            + "  "
            + Printable.of(finding.sentence()));
    List<String> lines = finding.evidence().stream().flatMap(String::lines).toList();
    lines.forEach(line -> out.println(indent + ink.faint("| ") + Printable.of(line)));
  }

  private static String cut(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…";
  }

  private void printed(String output) {
    List<String> lines = output.lines().toList();
    out.println();
    out.println("    " + ink.faint("your program printed:"));
    lines.stream()
        .limit(OUTPUT_LINES)
        .forEach(l -> out.println("         " + ink.faint("| " + Printable.of(cut(l)))));
    if (lines.size() > OUTPUT_LINES) {
      out.println("         " + ink.faint("| … " + (lines.size() - OUTPUT_LINES) + " more lines"));
    }
  }
}
