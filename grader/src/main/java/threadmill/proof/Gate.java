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
import threadmill.kit.Kit;
import threadmill.kit.Promises;
import threadmill.kit.Specimen;
import threadmill.kit.Specimen.Role;
import threadmill.model.Check;
import threadmill.model.Exercise;
import threadmill.run.Grader;

/**
 * The gate of the kit: every exercise is whole, and every specimen gets the verdict it is kept for,
 * however often it is graded.
 */
public final class Gate {
  /**
   * What to grade and how often.
   *
   * @param only names of specimens, or none for all
   * @param repeat how often each specimen is graded, with the seeds 1 to {@code repeat}; a mutant
   *     meets all checks the first time and then the one it names
   * @param underLoad whether all cores are kept busy meanwhile
   * @param declared whether a mutant meets just the check it names even the first time: quicker,
   *     but it tells nothing of the other checks
   * @param share of the variants and mutants one in so many, on each JDK others; 1 for all
   */
  public record Plan(
      List<String> only, int repeat, boolean underLoad, boolean declared, int share) {
    private List<Specimen> of(List<Specimen> all) {
      List<Specimen> chosen = new ArrayList<>();
      int number = Runtime.version().feature();
      for (Specimen specimen : all) {
        boolean one = specimen.role() == Role.STUB || specimen.role() == Role.REFERENCE;
        if (only.isEmpty() ? one || number++ % share == 0 : only.contains(specimen.name())) {
          chosen.add(specimen);
        }
      }
      return chosen;
    }

    private boolean isWhole() {
      return only.isEmpty() && share == 1;
    }
  }

  private final Kit kit;
  private final Grader grader;
  private final int jobs;
  private final PrintStream out;

  public Gate(Kit kit, Grader grader, int jobs, PrintStream out) {
    this.kit = kit;
    this.grader = grader;
    this.jobs = jobs;
    this.out = out;
  }

  /**
   * Checks these exercises and prints a kill matrix for each.
   *
   * @return what was found wrong, a sentence each
   */
  public List<String> faults(List<Exercise> exercises, Plan plan)
      throws IOException, InterruptedException {
    List<String> faults = new ArrayList<>();
    Map<KillMatrix, List<Future<?>>> matrices = new LinkedHashMap<>();
    Map<Lot, KillMatrix> lots = new LinkedHashMap<>();
    ExecutorService workers = Executors.newFixedThreadPool(jobs);
    try (Load load = plan.underLoad() ? Load.onAllCores() : Load.none()) {
      for (Exercise exercise : exercises) {
        List<Check> checks = grader.checks(exercise);
        faults.addAll(Completeness.faults(kit, exercise));
        faults.addAll(Promises.of(exercise).faults(checks));
        KillMatrix matrix = new KillMatrix(exercise, checks);
        List<Specimen> ours = plan.of(kit.specimens(exercise));
        matrices.put(matrix, new ArrayList<>());
        Lot.of(ours, grader).forEach(lot -> lots.put(lot, matrix));
      }
      submit(lots, plan, matrices, workers);
      for (Map.Entry<KillMatrix, List<Future<?>>> entry : matrices.entrySet()) {
        for (Future<?> future : entry.getValue()) {
          future.get();
        }
        entry.getKey().print(out);
        faults.addAll(entry.getKey().faults(plan.isWhole() && !plan.declared()));
      }
      out.printf(
          Locale.ROOT,
          "%n%d exercises, %d verdicts%s: %s%n",
          exercises.size(),
          matrices.keySet().stream().mapToInt(KillMatrix::verdicts).sum(),
          load.words(),
          faults.isEmpty() ? "all as expected" : faults.size() + " faults");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException ours
          ? ours
          : new IllegalStateException(e.getCause());
    } finally {
      workers.shutdownNow();
      for (Lot lot : lots.keySet()) {
        lot.close();
      }
    }
    faults.forEach(fault -> out.println("  ✗ " + fault));
    return faults;
  }

  /** Each lot is compiled while the one before it is graded. */
  private static void submit(
      Map<Lot, KillMatrix> lots,
      Plan plan,
      Map<KillMatrix, List<Future<?>>> matrices,
      ExecutorService workers) {
    List<Lot> all = List.copyOf(lots.keySet());
    for (int i = 0; i < all.size(); i++) {
      Lot lot = all.get(i);
      KillMatrix matrix = lots.get(lot);
      if (i + 1 < all.size()) {
        Lot next = all.get(i + 1);
        matrices.get(lots.get(next)).add(workers.submit(() -> prepare(next)));
      }
      for (int seed = 1; seed <= plan.repeat(); seed++) {
        for (Specimen specimen : lot.specimens()) {
          int given = seed;
          boolean allChecks = seed == 1 && !plan.declared();
          matrices
              .get(matrix)
              .add(
                  workers.submit(
                      () -> {
                        matrix.add(specimen, lot.grade(specimen, given, allChecks));
                        return null;
                      }));
        }
      }
    }
  }

  private static Void prepare(Lot lot) throws IOException {
    lot.prepare();
    return null;
  }
}
