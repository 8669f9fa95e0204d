package threadmill.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import threadmill.model.Report;

/** Grades many submissions, several at a time; one that goes wrong does not touch the others. */
public final class Batch {
  private final Marking marking;
  private final int jobs;

  public Batch(Marking marking, int jobs) {
    this.marking = marking;
    this.jobs = jobs;
  }

  /**
   * Grades them all.
   *
   * @param finished hears of each index and report as soon as it is there, one at a time
   * @return the reports in the order of the paths
   */
  public List<Report> run(List<Path> submissions, BiConsumer<Integer, Report> finished)
      throws InterruptedException {
    if (submissions.isEmpty()) {
      return List.of();
    }
    ExecutorService workers = Executors.newFixedThreadPool(Math.min(jobs, submissions.size()));
    try {
      List<Future<Report>> futures = new ArrayList<>();
      for (int i = 0; i < submissions.size(); i++) {
        int index = i;
        futures.add(workers.submit(() -> mark(index, submissions.get(index), finished)));
      }
      List<Report> reports = new ArrayList<>();
      for (Future<Report> future : futures) {
        reports.add(future.get());
      }
      return reports;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException ours
          ? ours
          : new IllegalStateException(e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  private Report mark(int index, Path path, BiConsumer<Integer, Report> finished) {
    Report report = marking.mark(path);
    synchronized (this) {
      finished.accept(index, report);
    }
    return report;
  }
}
