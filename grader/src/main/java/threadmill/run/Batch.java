package threadmill.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import threadmill.model.Report;

/**
 * Grades many submissions, several at a time; one that goes wrong does not touch the others. No
 * report is kept: of thousands, each with what its program printed, there may be no room for all.
 */
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
   * @param finished gets each index and report as soon as it is there, one at a time. Where it
   *     throws, it gets an inconclusive report in place of the one it could not take
   * @return what it made of them, in the order of the paths
   */
  public <T> List<T> run(List<Path> submissions, BiFunction<Integer, Report, T> finished)
      throws InterruptedException {
    if (submissions.isEmpty()) {
      return List.of();
    }
    ExecutorService workers = Executors.newFixedThreadPool(Math.min(jobs, submissions.size()));
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < submissions.size(); i++) {
        int index = i;
        futures.add(workers.submit(() -> mark(index, submissions.get(index), finished)));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException ours
          ? ours
          : new IllegalStateException(e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  private <T> T mark(int index, Path path, BiFunction<Integer, Report, T> finished) {
    Report report = marking.mark(path);
    synchronized (this) {
      try {
        return finished.apply(index, report);
      } catch (RuntimeException | Error e) {
        return finished.apply(index, marking.broken(path, e));
      }
    }
  }
}
