package pools.workerpool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import threadmill.harness.Crew;
import threadmill.harness.Failure;
import threadmill.harness.Step;
import threadmill.harness.Students;
import threadmill.model.Kind;

/** Tasks from several threads, some of which throw; each must be run exactly once. */
final class Traffic {
  private static final int FAILS = 50;

  /**
   * What is asked of a pool.
   *
   * @param each how many tasks a submitter submits
   */
  record Load(int workers, int submitters, int each) {
    @Override
    public String toString() {
      return String.format(
          "%d workers, %d submitters with %d tasks each", workers, submitters, each);
    }
  }

  private final Load load;
  private final Workers workers = new Workers();
  private final AtomicIntegerArray runs;

  Traffic(Load load) {
    this.load = load;
    this.runs = new AtomicIntegerArray(load.submitters() * load.each());
  }

  void flows(Crew crew) {
    String call = "new WorkerPool(" + load.workers() + ", factory)";
    WorkerPool pool = crew.make(call, () -> new WorkerPool(load.workers(), workers));
    List<Step<Void>> all = new ArrayList<>();
    for (int submitter = 0; submitter < load.submitters(); submitter++) {
      int first = submitter * load.each();
      all.add(crew.does("submit(task)", () -> submitAll(pool, first)));
    }
    try {
      crew.allFinish(all, "the queue has no limit");
      crew.done("shutdown()", pool::shutdown);
      workers.end(crew, "the pool was shut down");
    } catch (Failure failure) {
      // What a race does to a queue is chance: a task is lost, a thread fails, or it waits for one.
      throw switch (failure.finding().kind()) {
        case CRASH -> mistake(failure.finding().sentence());
        case STUCK -> wrongTask().map(Traffic::mistake).orElse(failure);
        default -> failure;
      };
    }
    wrongTask()
        .ifPresent(
            seen -> {
              throw mistake(seen);
            });
    long replaced = crew.answer("replaced()", pool::replaced);
    workers.wereAtMost(load.workers() + (int) replaced);
  }

  private Optional<String> wrongTask() {
    return IntStream.range(0, runs.length())
        .filter(task -> runs.get(task) != 1)
        .mapToObj(task -> "a task was submitted once, and run: " + runs.get(task) + " times")
        .findFirst();
  }

  private static Failure mistake(String seen) {
    String sentence = "among many threads the pool lost tasks, ran them twice, or failed";
    return Failure.of(Kind.SAFETY, sentence, Students.lineOf("submit(task)"), List.of(seen));
  }

  private void submitAll(WorkerPool pool, int first) {
    for (int i = 0; i < load.each(); i++) {
      int task = first + i;
      pool.submit(() -> run(task));
    }
  }

  private void run(int task) {
    workers.runsTask();
    runs.incrementAndGet(task);
    if (task % FAILS == FAILS - 1) {
      throw new IllegalStateException("task " + task + " fails");
    }
  }
}
