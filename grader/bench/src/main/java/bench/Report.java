package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The tables. */
final class Report {
  private final List<Entry> entries;
  private final Map<String, List<Cell>> cells;
  private final List<String> tools;
  private final Bench.Settings settings;
  private final Speed speed;
  private final StringBuilder text = new StringBuilder();

  Report(
      List<Entry> entries,
      Map<String, List<Cell>> cells,
      List<String> tools,
      Bench.Settings settings,
      Speed speed) {
    this.entries = entries;
    this.cells = cells;
    this.tools = tools;
    this.settings = settings;
    this.speed = speed;
  }

  String markdown() {
    say("Made by `%s`.%n%n", settings.command);
    say(
        "%d programs, %d of them wrong. Each verdict in a JVM of its own, %d s at most. The explorer:"
            + " %,d schedules at most; Lincheck: %,d invocations; jcstress: 1 s an iteration, one"
            + " iteration a fork; stress: %,d iterations or %d s, whichever ends first. Seconds are"
            + " those from the call of the tool to its answer, without the start of the JVM (for"
            + " jcstress: since the verdict before). The explorer has its copies of the JDK's"
            + " classes woven and all classes archived beforehand, as the grader does once for all"
            + " its children; Lincheck's JVM takes no archive. %d processors.%n%n",
        entries.size(),
        entries.stream().filter(e -> !e.right()).count(),
        settings.limitSeconds,
        settings.schedules,
        settings.invocations,
        settings.iterations,
        settings.stressMillis / 1000,
        Runtime.getRuntime().availableProcessors());
    if (settings.lanes > 1) {
      say(
          "%d programs were measured at once: compare seconds with each other only.%n%n",
          settings.lanes);
    }
    machine();
    say("%n| program | is |");
    tools.forEach(t -> say(" %s | runs | s |", t));
    say("%n|---|---|");
    tools.forEach(t -> say("---|--:|--:|"));
    say("%n");
    for (Entry entry : entries) {
      say("| %s | %s |", entry.name(), entry.right() ? "right" : "wrong");
      for (String tool : tools) {
        Cell cell = cell(entry, tool);
        if (cell.asked()) {
          say(
              " %s | %,d | %.2f |",
              cell.outcome(), cell.verdict().runs(), cell.verdict().seconds());
        } else {
          say(" n/a | | |");
        }
      }
      say("%n");
    }
    summary();
    ratios();
    say("%nUnder a random scheduler, without a search (JMH):%n%n%s", speed.markdown());
    return text.toString();
  }

  private void machine() {
    double drift = settings.calibrationAfter / settings.calibrationBefore;
    say(
        "Load average before and after: %.1f, %.1f. The same work took %.1f ms before and %.1f ms"
            + " after%s.%n",
        settings.loadBefore,
        settings.loadAfter,
        settings.calibrationBefore * 1e3,
        settings.calibrationAfter * 1e3,
        drift > 1.2 || drift < 1 / 1.2
            ? ": the machine did not stay the same, so seconds are INCONCLUSIVE"
            : "");
  }

  private void summary() {
    say("%n| tool | found | missed | right: ok | false alarms | time-outs, gave up | not asked |");
    say(" median s | worst s | median s with JVM | median CPU s | verdicts/s |%n");
    say("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|%n");
    for (String tool : tools) {
      List<Cell> all = entries.stream().map(e -> cell(e, tool)).filter(Cell::asked).toList();
      double[] seconds = all.stream().mapToDouble(c -> c.verdict().seconds()).toArray();
      double[] cpu =
          all.stream().mapToDouble(c -> c.verdict().cpu()).filter(Double::isFinite).toArray();
      long decided = all.stream().filter(Cell::decided).count();
      double sum = all.stream().filter(Cell::decided).mapToDouble(c -> c.verdict().seconds()).sum();
      say(
          "| %s | %d of %d | %d | %d of %d | %d | %d | %d | %.2f | %.2f | %.2f | %s | %.2f |%n",
          tool,
          count(all, "found"),
          all.stream().filter(c -> !c.entry().right()).count(),
          count(all, "missed"),
          count(all, "ok"),
          all.stream().filter(c -> c.entry().right()).count(),
          count(all, "FALSE ALARM"),
          count(all, "time-out") + count(all, "gave up"),
          entries.size() - all.size(),
          Statistics.median(seconds),
          Arrays.stream(seconds).max().orElse(Double.NaN),
          Statistics.median(all.stream().mapToDouble(Cell::wall).toArray()),
          cpu.length == 0 ? "" : String.format(Locale.ROOT, "%.2f", Statistics.median(cpu)),
          decided / sum);
    }
  }

  private void ratios() {
    for (String tool : tools) {
      if (!tool.startsWith("explorer")) {
        continue;
      }
      List<Entry> both =
          entries.stream()
              .filter(e -> cell(e, tool).decided() && cell(e, "Lincheck").decided())
              .toList();
      say("%nOn the %d programs that both %s and Lincheck decide:%n%n", both.size(), tool);
      ratio(both, tool, "seconds to the verdict", c -> c.verdict().seconds());
      ratio(both, tool, "the same with the start of the JVM", Cell::wall);
      ratio(both, tool, "processor seconds of the JVM", c -> c.verdict().cpu());
      List<Entry> wrong = both.stream().filter(e -> !e.right()).toList();
      ratio(wrong, tool, "seconds, wrong programs only", c -> c.verdict().seconds());
    }
    say("%nPrograms on which a peer is right and the explorer is not: ");
    List<String> worse =
        entries.stream()
            .filter(e -> tools.stream().anyMatch(t -> cell(e, t).decided()))
            .filter(
                e ->
                    tools.stream().anyMatch(t -> t.startsWith("explorer") && !cell(e, t).decided()))
            .map(Entry::name)
            .toList();
    say("%s.%n", worse.isEmpty() ? "none" : String.join(", ", worse));
  }

  private void ratio(List<Entry> both, String tool, String what, ToDoubleFunction<Cell> of) {
    if (both.isEmpty()) {
      return;
    }
    double ours = both.stream().mapToDouble(e -> of.applyAsDouble(cell(e, tool))).sum();
    double theirs = both.stream().mapToDouble(e -> of.applyAsDouble(cell(e, "Lincheck"))).sum();
    double[] pairs =
        both.stream()
            .mapToDouble(
                e -> of.applyAsDouble(cell(e, "Lincheck")) / of.applyAsDouble(cell(e, tool)))
            .toArray();
    double[] interval = Statistics.interval(pairs);
    say(
        "- %s: %.2f verdicts/s against %.2f, ratio %.1f; pair by pair, median %.1f (95 %%: %.1f to"
            + " %.1f; %d pairs).%n",
        what,
        both.size() / ours,
        both.size() / theirs,
        theirs / ours,
        Statistics.median(pairs),
        interval[0],
        interval[1],
        both.size());
  }

  private Cell cell(Entry entry, String tool) {
    Optional<Cell> cell =
        cells.get(entry.name()).stream().filter(c -> c.tool().equals(tool)).findFirst();
    return cell.orElseThrow();
  }

  private static long count(List<Cell> all, String outcome) {
    return all.stream().filter(c -> c.outcome().equals(outcome)).count();
  }

  private void say(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments));
  }

  void csv(Path file) throws IOException {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setHeader(
                "program", "right", "tool", "outcome", "runs", "seconds", "wall", "cpu", "words")
            .setRecordSeparator('\n')
            .get();
    try (CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(file), format)) {
      for (Entry entry : entries) {
        for (Cell c : cells.get(entry.name())) {
          if (c.asked()) {
            printer.printRecord(
                entry.name(),
                entry.right(),
                c.tool(),
                c.outcome(),
                c.verdict().runs(),
                c.verdict().seconds(),
                c.wall(),
                c.verdict().cpu(),
                c.verdict().words());
          }
        }
      }
    }
  }
}
