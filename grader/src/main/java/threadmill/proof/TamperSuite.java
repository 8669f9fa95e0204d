package threadmill.proof;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import threadmill.gate.AllowList;
import threadmill.intake.Intake;
import threadmill.intake.Refusal;
import threadmill.jail.Jail;
import threadmill.jail.Level;
import threadmill.kit.Kit;
import threadmill.model.Exercise;
import threadmill.model.Finding;
import threadmill.model.Report;
import threadmill.model.Status;
import threadmill.model.Verdict;
import threadmill.run.Batch;
import threadmill.run.Grader;
import threadmill.run.Marking;
import threadmill.run.Prepared;
import threadmill.run.Seeds;

/**
 * Hostile programs that must be contained and called by their right name, and honest ones that must
 * pass, graded at every level behind an open gate; and what the gate alone makes of each.
 */
public final class TamperSuite {
  private static final int NEIGHBOURS = 4;
  private static final String NEIGHBOUR = "counts";

  private final Kit kit;
  private final Exercise exercise;
  private final List<Trial> trials;
  private final Trial neighbour;
  private final int jobs;

  /**
   * @param folder with the exercise's kit, the attacks and the honest programs
   * @param only names of programs, or none for all
   */
  public TamperSuite(Path folder, List<String> only, int jobs) throws IOException {
    this.kit = Kit.find(folder.resolve("kit"));
    this.exercise = kit.exercises().get(0);
    List<Trial> all = Trial.in(folder);
    this.trials = all.stream().filter(t -> only.isEmpty() || only.contains(t.name())).toList();
    this.neighbour = all.stream().filter(t -> t.name().equals(NEIGHBOUR)).findFirst().orElseThrow();
    this.jobs = jobs;
  }

  /**
   * Grades all at these levels and prints a table in Markdown, then what was not as expected.
   *
   * @return whether all was as expected
   */
  public boolean holds(List<Level> levels, PrintStream out)
      throws IOException, InterruptedException {
    List<String> faults = new ArrayList<>();
    Map<Trial, String> gate = new LinkedHashMap<>();
    for (Trial trial : trials) {
      gate.put(trial, gate(trial));
    }
    List<Map<Trial, String>> columns = new ArrayList<>();
    for (Level level : levels) {
      columns.add(at(level, faults));
    }
    out.println("| program | what it does | gate | " + joined(levels) + " |");
    out.println("|---|---|---|" + "---|".repeat(levels.size()));
    for (Trial trial : trials) {
      String cells =
          columns.stream()
              .map(column -> column.getOrDefault(trial, "–"))
              .collect(Collectors.joining(" | "));
      out.printf(
          Locale.ROOT,
          "| %s | %s | %s | %s |%n",
          trial.title(),
          trial.story(),
          gate.get(trial),
          cells);
    }
    faults.forEach(fault -> out.println("\n✗ " + fault));
    return faults.isEmpty();
  }

  private static String joined(List<Level> levels) {
    return levels.stream().map(Level::words).collect(Collectors.joining(" | "));
  }

  /** What the allow-list of most exercises makes of it, without running it. */
  private String gate(Trial trial) throws IOException {
    Grader grader = Grader.of(kit, Jail.open()).allowing(AllowList.parse("group common", "common"));
    try (Prepared prepared =
        grader.prepare(new Intake(kit.exercises()).take(trial.folder()), exercise)) {
      return prepared
          .problem()
          .map(problem -> problem.sentence().startsWith("the compiler") ? "–" : "refused")
          .orElse("passes");
    } catch (Refusal e) {
      return "refused";
    }
  }

  private Map<Trial, String> at(Level level, List<String> faults)
      throws IOException, InterruptedException {
    Grader grader = Grader.of(kit, Grader.levels(kit).at(level));
    List<Trial> row = new ArrayList<>();
    for (Trial trial : trials) {
      if (level.isAtLeast(trial.weakest())) {
        row.add(trial);
      }
      if (row.size() % NEIGHBOURS == 1) {
        row.add(neighbour);
      }
    }
    Map<Trial, String> cells = new LinkedHashMap<>();
    try (Surroundings round = new Surroundings()) {
      Marking marking = new Marking(kit, grader, List.of(exercise), List.of(), Seeds.fixed(1));
      List<Report> reports =
          new Batch(marking, jobs)
              .run(row.stream().map(Trial::folder).toList(), (index, report) -> report);
      for (int i = 0; i < row.size(); i++) {
        cells.put(row.get(i), cell(row.get(i), level, reports.get(i), faults));
      }
      boolean walled = level.isAtLeast(Level.A_ROOT);
      round.faults(walled).forEach(fault -> faults.add("level " + level + ": " + fault));
    }
    return cells;
  }

  private static String cell(Trial trial, Level level, Report report, List<String> faults) {
    String unmarked = report.isInconclusive() ? "INCONCLUSIVE" : "REFUSED";
    String came = report.verdicts().isEmpty() ? unmarked : words(report.verdicts().get(0));
    if (!trial.expected().contains(came)) {
      String why =
          report.verdicts().stream()
              .flatMap(v -> v.findings().stream())
              .map(Finding::sentence)
              .findFirst()
              .or(report::refusal)
              .or(report::inconclusive)
              .orElse("no finding");
      faults.add(
          String.format(
              Locale.ROOT,
              "level %s: '%s' came to %s, not %s: %s",
              level,
              trial.title(),
              came,
              String.join(" or ", trial.expected()),
              why));
    }
    return came;
  }

  private static String words(Verdict verdict) {
    Optional<Finding> first = verdict.findings().stream().findFirst();
    return verdict.status() == Status.PASSED
        ? Trial.PASSED
        : first.map(f -> f.kind().name()).orElse(verdict.status().name());
  }
}
