package threadmill.proof;

import java.io.IOException;
import java.util.List;
import threadmill.intake.Intake;
import threadmill.intake.Refusal;
import threadmill.kit.Specimen;
import threadmill.model.Submission;
import threadmill.model.Verdict;
import threadmill.run.Grader;
import threadmill.run.Prepared;

/** One specimen, compiled when it is first graded and kept for its repetitions. Thread-safe. */
final class Lot implements AutoCloseable {
  private final Specimen specimen;
  private final Grader grader;
  private Prepared prepared;

  Lot(Specimen specimen, Grader grader) {
    this.specimen = specimen;
    this.grader = grader;
  }

  Specimen specimen() {
    return specimen;
  }

  /**
   * @param all whether a mutant meets all checks, or just the one it names
   */
  Verdict grade(int seed, boolean all) throws IOException {
    List<String> checks = all ? List.of() : specimen.killer().map(List::of).orElse(List.of());
    return prepared().grade(seed, checks);
  }

  private synchronized Prepared prepared() throws IOException {
    if (prepared == null) {
      try {
        Submission submission = new Intake(List.of(specimen.exercise())).take(specimen.folder());
        prepared = grader.prepare(submission, specimen.exercise());
      } catch (Refusal e) {
        throw new IllegalStateException(specimen.folder() + " " + e.getMessage(), e);
      }
    }
    return prepared;
  }

  @Override
  public synchronized void close() throws IOException {
    if (prepared != null) {
      prepared.close();
    }
  }
}
