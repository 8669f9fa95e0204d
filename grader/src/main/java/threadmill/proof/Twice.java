package threadmill.proof;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import threadmill.kit.Kit;
import threadmill.kit.Specimen;
import threadmill.model.Exercise;
import threadmill.model.Verdict;
import threadmill.report.Differences;
import threadmill.run.Grader;

/**
 * The same tomorrow: every specimen is graded twice with one seed, on an idle machine and on a busy
 * one, and both verdicts must say the same of it.
 */
public final class Twice {
  private static final int SEED = 1;

  private final Kit kit;
  private final Grader grader;
  private final int jobs;
  private final PrintStream out;

  public Twice(Kit kit, Grader grader, int jobs, PrintStream out) {
    this.kit = kit;
    this.grader = grader;
    this.jobs = jobs;
    this.out = out;
  }

  /**
   * Grades these specimens of these exercises.
   *
   * @param declared whether a mutant meets just the check that it names
   * @return what was said differently, a sentence each
   */
  public List<String> faults(List<Exercise> exercises, Predicate<Specimen> which, boolean declared)
      throws IOException, InterruptedException {
    List<String> faults = new ArrayList<>();
    int all = 0;
    for (Exercise exercise : exercises) {
      List<Specimen> specimens = kit.specimens(exercise).stream().filter(which).toList();
      List<Lot> lots = Lot.of(specimens, grader);
      List<String> differences = new ArrayList<>();
      try {
        Map<Specimen, Verdict> quiet = verdicts(lots, declared, Load.none());
        Map<Specimen, Verdict> busy = verdicts(lots, declared, Load.onAllCores());
        for (Specimen specimen : specimens) {
          Differences.between(quiet.get(specimen), busy.get(specimen)).stream()
              .map(difference -> exercise.id() + " " + specimen.name() + ": " + difference)
              .forEach(differences::add);
        }
      } finally {
        lots.forEach(Lot::close);
      }
      all += specimens.size();
      out.printf(
          Locale.ROOT,
          "  %s %-22s %3d specimens, %d differences%n",
          differences.isEmpty() ? "✓" : "✗",
          exercise.id(),
          specimens.size(),
          differences.size());
      differences.forEach(difference -> out.println("      " + difference));
      out.flush();
      faults.addAll(differences);
    }
    out.printf(Locale.ROOT, "%d specimens graded twice: %d differences%n", all, faults.size());
    return faults;
  }

  private Map<Specimen, Verdict> verdicts(List<Lot> lots, boolean declared, Load load)
      throws InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(jobs);
    try {
      Map<Specimen, Future<Verdict>> pending = new LinkedHashMap<>();
      for (Lot lot : lots) {
        for (Specimen specimen : lot.specimens()) {
          pending.put(specimen, workers.submit(() -> lot.grade(specimen, SEED, !declared)));
        }
      }
      Map<Specimen, Verdict> verdicts = new LinkedHashMap<>();
      for (Map.Entry<Specimen, Future<Verdict>> each : pending.entrySet()) {
        verdicts.put(each.getKey(), each.getValue().get());
      }
      return verdicts;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      load.close();
      workers.shutdownNow();
    }
  }
}
