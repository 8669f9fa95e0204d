package threadmill.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import threadmill.intake.Intake;
import threadmill.intake.Refusal;
import threadmill.kit.Specimen;
import threadmill.model.Exercise;
import threadmill.model.Submission;
import threadmill.model.Verdict;
import threadmill.run.Grader;
import threadmill.run.Prepared;

/**
 * A few specimens of one exercise, compiled together when they are first wanted and kept for their
 * repetitions. Thread-safe.
 */
final class Lot implements AutoCloseable {
  private static final int MOST = 8;

  private final List<Specimen> specimens;
  private final Grader grader;
  private List<Prepared> prepared = List.of();

  private Lot(List<Specimen> specimens, Grader grader) {
    this.specimens = specimens;
    this.grader = grader;
  }

  /** All specimens of one exercise in lots. */
  static List<Lot> of(List<Specimen> specimens, Grader grader) {
    List<Lot> lots = new ArrayList<>();
    for (int from = 0; from < specimens.size(); from += MOST) {
      int to = Math.min(from + MOST, specimens.size());
      lots.add(new Lot(List.copyOf(specimens.subList(from, to)), grader));
    }
    return lots;
  }

  List<Specimen> specimens() {
    return specimens;
  }

  /**
   * @param all whether a mutant meets all checks, or just the one it names
   */
  Verdict grade(Specimen specimen, int seed, boolean all) throws IOException {
    prepare();
    List<String> checks = all ? List.of() : specimen.killer().map(List::of).orElse(List.of());
    return prepared.get(specimens.indexOf(specimen)).grade(seed, checks);
  }

  /** Compiles them, unless that was done before. */
  synchronized void prepare() throws IOException {
    if (prepared.isEmpty()) {
      Exercise exercise = specimens.get(0).exercise();
      List<Submission> submissions = new ArrayList<>();
      for (Specimen specimen : specimens) {
        submissions.add(taken(specimen));
      }
      prepared = grader.prepare(submissions, exercise);
    }
  }

  private static Submission taken(Specimen specimen) throws IOException {
    try {
      return new Intake(List.of(specimen.exercise())).take(specimen.folder());
    } catch (Refusal e) {
      throw new IllegalStateException(specimen.folder() + " " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void close() {
    for (Prepared each : prepared) {
      each.close();
    }
  }
}
