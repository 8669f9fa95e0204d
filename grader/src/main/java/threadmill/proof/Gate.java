package threadmill.proof;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import threadmill.intake.Intake;
import threadmill.intake.Refusal;
import threadmill.kit.Kit;
import threadmill.kit.Specimen;
import threadmill.model.Exercise;
import threadmill.model.Submission;
import threadmill.model.Verdict;
import threadmill.run.Grader;

/**
 * The gate of the kit: every exercise is whole, and every specimen gets the verdict it is kept for,
 * however often it is graded.
 */
public final class Gate {
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
   * @param only names of specimens, or none for all
   * @param repeat how often each specimen is graded, with the seeds 1 to {@code repeat}
   * @return whether nothing was found wrong
   */
  public boolean holds(List<Exercise> exercises, List<String> only, int repeat, boolean underLoad)
      throws IOException, InterruptedException {
    List<String> faults = new ArrayList<>();
    try (Load load = underLoad ? Load.onAllCores() : Load.none()) {
      for (Exercise exercise : exercises) {
        faults.addAll(Completeness.faults(kit, exercise));
        KillMatrix matrix = grade(exercise, only, repeat);
        matrix.print(out);
        faults.addAll(matrix.faults(only.isEmpty()));
      }
      out.printf(
          "%d exercises, each specimen %d times%s: %s%n",
          exercises.size(),
          repeat,
          load.words(),
          faults.isEmpty() ? "every verdict as expected" : faults.size() + " faults");
    }
    faults.forEach(fault -> out.println("  ✗ " + fault));
    return faults.isEmpty();
  }

  private KillMatrix grade(Exercise exercise, List<String> only, int repeat)
      throws InterruptedException {
    KillMatrix matrix = new KillMatrix(exercise, grader.checks(exercise));
    ExecutorService workers = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (Specimen specimen : kit.specimens(exercise)) {
        if (only.isEmpty() || only.contains(specimen.name())) {
          for (int seed = 1; seed <= repeat; seed++) {
            long thisSeed = seed;
            futures.add(workers.submit(() -> matrix.add(specimen, grade(specimen, thisSeed))));
          }
        }
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException ours
          ? ours
          : new IllegalStateException(e.getCause());
    } finally {
      workers.shutdownNow();
    }
    return matrix;
  }

  private Verdict grade(Specimen specimen, long seed) {
    try {
      Submission submission = new Intake(List.of(specimen.exercise())).take(specimen.folder());
      return grader.grade(submission, specimen.exercise(), seed, List.of());
    } catch (Refusal e) {
      throw new IllegalStateException(specimen.folder() + " " + e.getMessage(), e);
    }
  }
}
