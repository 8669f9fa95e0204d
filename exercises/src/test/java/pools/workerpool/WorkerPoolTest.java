package pools.workerpool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import pools.workerpool.Traffic.Load;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Failure;
import threadmill.harness.Guard;
import threadmill.harness.Meeting;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.harness.Students;
import threadmill.model.Kind;

/** What a pool of workers promises. */
@Contract
final class WorkerPoolTest {
  private static final int ROUNDS = 3;
  private static final int MANY = 200;
  private static final int FLOOD = 2_000;
  private static final int NEVER = Integer.MAX_VALUE;

  private final Workers workers = new Workers();

  @Test
  @CheckId(value = "P1", points = 2)
  void as_many_tasks_run_at_once_as_there_are_workers(Crew crew) {
    WorkerPool pool = pool(crew, 3);
    Meeting together = crew.meeting(3);
    submit(crew, pool, 3, together::attend);
    together.comesAbout("tasks ran at the same time in a pool of 3 workers");
    retire(crew, pool);
  }

  @Test
  @CheckId(value = "P2", points = 2)
  void many_tasks_share_few_threads(Crew crew) {
    WorkerPool pool = pool(crew, 3);
    Meeting busy = crew.meeting(3);
    Meeting door = crew.meeting(NEVER);
    submit(crew, pool, 3, () -> meetAndStay(busy, door));
    busy.comesAbout("tasks ran at the same time in a pool of 3 workers");
    CountDownLatch done = new CountDownLatch(MANY);
    submit(crew, pool, MANY, done::countDown);
    workers.wereAtMost(3);
    door.dismiss();
    isRun(crew, done, "the last of " + MANY + " tasks", "all workers are free again");
    workers.wereAtMost(3);
    retire(crew, pool);
  }

  @Test
  @CheckId(value = "P3", points = 3)
  void a_task_that_throws_costs_the_pool_no_worker(Crew crew) {
    WorkerPool pool = pool(crew, 2);
    for (Throwable failure : failures()) {
      submit(crew, pool, 2, () -> Sneaky.doThrow(failure));
    }
    Meeting together = crew.meeting(2);
    Meeting door = crew.meeting(NEVER);
    Set<Thread> needed = ConcurrentHashMap.newKeySet();
    submit(
        crew,
        pool,
        2,
        () -> {
          needed.add(Thread.currentThread());
          meetAndStay(together, door);
        });
    together.comesAbout(
        Kind.STUCK, "workers are left after tasks have thrown exceptions and errors");
    workers.endExcept(crew, needed);
    returns(crew.asks("liveWorkers()", pool::liveWorkers), 2, "2 workers run a task each");
    long later = workers.made() - 2;
    long replaced = crew.answer("replaced()", pool::replaced);
    if (replaced != later) {
      throw crew.failureAt(
          "replaced()",
          Kind.CONTRACT,
          "replaced() does not tell how many threads the factory was asked for beyond the first 2",
          "returned: " + replaced + "; asked for: " + later);
    }
    door.dismiss();
    retire(crew, pool);
  }

  @Test
  @CheckId(value = "P4", points = 2)
  void tasks_start_in_the_order_they_came_and_shutdown_drops_none(Crew crew) {
    WorkerPool pool = pool(crew, 1);
    Meeting door = busyWorker(crew, pool);
    List<Integer> started = new CopyOnWriteArrayList<>();
    for (int i = 1; i <= 5; i++) {
      int number = i;
      submit(crew, pool, 1, () -> started.add(number));
    }
    crew.done("shutdown()", pool::shutdown);
    door.dismiss();
    workers.end(crew, "the pool was shut down and its tasks are done");
    if (!started.equals(List.of(1, 2, 3, 4, 5))) {
      String sentence =
          "tasks 1 to 5 were submitted before shutdown() and were not all started in this order";
      throw crew.failureAt("shutdown()", Kind.CONTRACT, sentence, "started: " + started);
    }
  }

  @Test
  @CheckId(value = "P5", points = 2)
  void after_shutdown_every_worker_ends_and_that_is_told(Crew crew) {
    WorkerPool pool = pool(crew, 3);
    Meeting door = busyWorker(crew, pool);
    String running = "a task still runs";
    returns(awaits(crew, pool, 0), false, running + " and nobody has called shutdown()");
    crew.done("shutdown()", pool::shutdown);
    returns(awaits(crew, pool, 30), false, running);
    for (long millis : List.of(-1L, Long.MIN_VALUE)) {
      returns(awaits(crew, pool, millis), false, running + " and a limit below 0 is none");
    }
    List<Step<Boolean>> patient = List.of(awaits(crew, pool, 60_000), awaits(crew, pool, 60_000));
    patient.forEach(crew::untilWaitingOrOver);
    door.dismiss();
    workers.end(crew, "the pool was shut down and there is nothing left to do");
    patient.forEach(
        step -> returns(step, true, "the pool was shut down and every worker has ended"));
    returns(awaits(crew, pool, -1), true, "the pool was shut down and every worker has ended");
    returns(awaits(crew, pool, 0), true, "the pool was shut down and every worker has ended");
    returns(crew.asks("liveWorkers()", pool::liveWorkers), 0, "every worker has ended");

    WorkerPool unused = pool(crew, 2);
    Step<Boolean> early = awaits(crew, unused, 60_000);
    crew.untilWaiting(early, "nobody has called shutdown()");
    crew.done("shutdown()", unused::shutdown);
    returns(early, true, "the pool was shut down before it had a task");
  }

  @Test
  @CheckId(value = "P16", points = 2)
  void the_end_may_be_awaited_for_ever_and_an_interrupt_is_no_end(Crew crew) {
    WorkerPool pool = pool(crew, 1);
    Meeting door = busyWorker(crew, pool);
    Step<Boolean> forEver =
        crew.asks(
            "awaitTermination(Long.MAX_VALUE)", () -> pool.awaitTermination(Long.MAX_VALUE));
    forEver.blocks("a task still runs and nobody has called shutdown()");
    Step<Boolean> impatient = awaits(crew, pool, 60_000);
    crew.untilWaiting(impatient, "a task still runs and nobody has called shutdown()");
    impatient
        .interrupt()
        .fails(InterruptedException.class, "its thread was interrupted while it waited");
    crew.done("shutdown()", pool::shutdown);
    forEver.blocks("a task still runs");
    door.dismiss();
    returns(forEver, true, "the pool was shut down and every worker has ended");
  }

  /** The interrupt finds a worker that has nothing to do: it is nobody's. */
  @Test
  @CheckId(value = "P17", points = 2)
  void a_task_does_not_feel_an_interrupt_that_came_before_it(Crew crew) {
    WorkerPool pool = pool(crew, 1);
    returns(flag(crew, pool), false, "nobody has interrupted anybody");
    for (int i = 0; i < 2; i++) {
      workers.threads().forEach(Rest::settle);
      workers.threads().forEach(Thread::interrupt);
      workers.threads().forEach(Rest::settle);
      returns(flag(crew, pool), false, "the worker was interrupted while it had no task");
    }
    workers.wereAtMost(1);
    returns(crew.asks("liveWorkers()", pool::liveWorkers), 1, "no task has killed a worker");
    retire(crew, pool);
  }

  @Test
  @CheckId(value = "P6", points = 2)
  void what_cannot_be_done_is_refused(Crew crew) {
    for (int none : List.of(0, -1)) {
      crew.asks("new WorkerPool(" + none + ", factory)", () -> new WorkerPool(none, workers))
          .fails(IllegalArgumentException.class, "a pool without workers never runs a task");
    }
    WorkerPool pool = pool(crew, 1);
    crew.does("submit(null)", () -> pool.submit(null))
        .fails(NullPointerException.class, "null is no task");
    crew.done("shutdown()", pool::shutdown);
    crew.done("shutdown()", pool::shutdown);
    crew.does("submit(task)", () -> pool.submit(workers::runsTask))
        .fails(IllegalStateException.class, "the pool was shut down and will not run it");
    workers.end(crew, "the pool was shut down");
    crew.does("submit(task)", () -> pool.submit(workers::runsTask))
        .fails(IllegalStateException.class, "the pool was shut down and will not run it");
  }

  @Test
  @CheckId(value = "P7", points = 2)
  void a_worker_that_wakes_up_in_vain_goes_on_waiting(Crew crew) {
    WorkerPool pool = pool(crew, 2);
    Guard guard = guard(crew, pool);
    for (int round = 0; round < ROUNDS; round++) {
      takeTheTaskFromUnderAnother(crew, pool, guard);
      workers.threads().forEach(worker -> Guard.of(crew, worker).wakeForNoReason());
      workers.threads().forEach(Rest::settle);
    }
    Meeting together = crew.meeting(2);
    submit(crew, pool, 2, together::attend);
    together.comesAbout(Kind.STUCK, "workers are left after some woke up and found no task");
    if (!workers.failures().isEmpty()) {
      String sentence = "no task has thrown, but a worker that woke up and found none did";
      List<String> thrown = List.of("thrown: " + workers.failures().get(0));
      throw Failure.of(Kind.CRASH, sentence, Optional.empty(), thrown);
    }
    retire(crew, pool);
  }

  @Test
  @CheckId(value = "P8", points = 2)
  void an_idle_worker_leaves_the_processor_alone(Crew crew) {
    WorkerPool pool = pool(crew, 2);
    Meeting together = crew.meeting(2);
    submit(crew, pool, 2, together::attend);
    together.comesAbout("tasks ran at the same time in a pool of 2 workers");
    workers.threads().forEach(worker -> Rest.comesTo(crew, worker));
    retire(crew, pool);
  }

  @Test
  @CheckId(value = "P9", points = 2)
  void a_task_does_not_feel_the_interrupt_of_the_one_before(Crew crew) {
    WorkerPool pool = pool(crew, 1);
    Meeting door = busyWorker(crew, pool);
    submit(crew, pool, 1, () -> Thread.currentThread().interrupt());
    Step<Boolean> queued = flag(crew, pool);
    door.dismiss();
    returns(queued, false, "the interrupt was meant for the task before it");

    submit(crew, pool, 1, () -> Thread.currentThread().interrupt());
    workers.threads().forEach(Rest::settle);
    returns(flag(crew, pool), false, "the interrupt was meant for the task before it");

    Meeting again = busyWorker(crew, pool);
    submit(crew, pool, 1, WorkerPoolTest::isInterruptedAndThrows);
    Step<Boolean> next = flag(crew, pool);
    again.dismiss();
    returns(next, false, "the interrupt was meant for the task before it, which has thrown");
    retire(crew, pool);
  }

  private static void isInterruptedAndThrows() {
    Thread.currentThread().interrupt();
    throw new IllegalStateException("a task that was interrupted");
  }

  @Test
  @CheckId(value = "P10", points = 2)
  void a_task_may_submit_tasks(Crew crew) {
    WorkerPool pool = pool(crew, 1);
    CountDownLatch done = new CountDownLatch(FLOOD);
    submit(
        crew,
        pool,
        1,
        () -> {
          for (int i = 0; i < FLOOD; i++) {
            pool.submit(done::countDown);
          }
        });
    isRun(
        crew,
        done,
        "the last of " + FLOOD + " tasks that a task submits",
        "submit(task) never waits for a free place");
    retire(crew, pool);
  }

  @Test
  @CheckId(value = "P11", points = 2)
  void what_a_task_throws_reaches_the_handler_of_its_thread(Crew crew) {
    WorkerPool pool = pool(crew, 2);
    List<Throwable> thrown = failures();
    for (Throwable failure : thrown) {
      submit(crew, pool, 1, () -> Sneaky.doThrow(failure));
    }
    crew.done("shutdown()", pool::shutdown);
    workers.end(crew, "the pool was shut down and its tasks are done");
    List<Throwable> told = workers.failures();
    if (told.size() != thrown.size() || !told.containsAll(thrown)) {
      String sentence =
          "tasks threw " + names(thrown) + ", and the handlers were not told of each of them once";
      List<String> evidence = List.of("told: " + names(told));
      throw Failure.of(Kind.CONTRACT, sentence, Optional.empty(), evidence);
    }
  }

  @Test
  @CheckId(value = "P12", points = 2)
  void shutdownNow_interrupts_what_runs_and_returns_the_rest(Crew crew) {
    WorkerPool pool = pool(crew, 1);
    Meeting begun = crew.meeting(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    crew.done("submit(task)", () -> pool.submit(() -> waitForInterrupt(begun, interrupted)));
    begun.comesAbout(Kind.STUCK, "tasks have begun though a worker is free");
    List<Runnable> rest = List.of(workers::runsTask, workers::runsTask, workers::runsTask);
    rest.forEach(task -> crew.done("submit(task)", () -> pool.submit(task)));
    Step<List<Runnable>> now = crew.asks("shutdownNow()", () -> copy(pool.shutdownNow()));
    List<Runnable> returned = now.finishes("it does not wait for the running task");
    if (!rest.equals(returned)) {
      int count = returned == null ? 0 : returned.size();
      throw crew.failureAt(
          "shutdownNow()",
          Kind.CONTRACT,
          "shutdownNow() must return the 3 tasks that never ran, in their order; it did not",
          "returned: " + count + " tasks" + (count == 3 ? " in another order" : ""));
    }
    isRun(crew, interrupted, "the running task", "shutdownNow() interrupts it");
    workers.end(crew, "the pool was shut down");
    workers.ranNothing("shutdownNow() has returned it as one that never ran");
  }

  @Test
  @CheckId(value = "P19", points = 2)
  void shutdownNow_stops_all_that_runs_and_comes_in_time_after_shutdown(Crew crew) {
    WorkerPool pool = pool(crew, 3);
    Meeting begun = crew.meeting(3);
    CountDownLatch interrupted = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      crew.done("submit(task)", () -> pool.submit(() -> waitForInterrupt(begun, interrupted)));
    }
    begun.comesAbout("tasks ran at the same time in a pool of 3 workers");
    List<Runnable> rest = List.of(workers::runsTask, workers::runsTask);
    rest.forEach(task -> crew.done("submit(task)", () -> pool.submit(task)));
    crew.done("shutdown()", pool::shutdown);
    List<Runnable> returned =
        crew.asks("shutdownNow()", () -> copy(pool.shutdownNow()))
            .finishes("it does not wait for the running tasks");
    if (!rest.equals(returned)) {
      throw crew.failureAt(
          "shutdownNow()",
          Kind.CONTRACT,
          "shutdownNow() must return the 2 tasks that have not begun, also after shutdown(); it did not",
          "returned: " + (returned == null ? 0 : returned.size()) + " tasks");
    }
    isRun(crew, interrupted, "the last of 3 running tasks", "shutdownNow() interrupts all of them");
    workers.end(crew, "the pool was shut down");
    workers.ranNothing("shutdownNow() has returned it as one that never ran");
    int again = crew.answer("shutdownNow()", () -> pool.shutdownNow().size());
    if (again > 0) {
      throw crew.failureAt(
          "shutdownNow()", Kind.CONTRACT, "a second shutdownNow() returned tasks once more");
    }
    crew.done("shutdown()", pool::shutdown);
    crew.does("submit(task)", () -> pool.submit(workers::runsTask))
        .fails(IllegalStateException.class, "the pool was shut down and will not run it");
  }

  @Property(tries = 12, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  @CheckId(value = "P13", points = 2)
  void every_task_runs_once_whoever_submits_it(@ForAll("loads") Load load, Crew crew) {
    new Traffic(load).flows(crew.heavy());
  }

  @Provide
  Arbitrary<Load> loads() {
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 3);
    Arbitrary<Integer> submitters = Arbitraries.integers().between(2, 4);
    Arbitrary<Integer> tasks = Arbitraries.integers().between(400, 1_200);
    return Combinators.combine(few, submitters, tasks).as(Load::new);
  }

  @Test
  @CheckId(value = "P14", points = 2)
  void a_task_that_comes_with_the_shutdown_is_refused_or_run(Crew crew) {
    meetAtTheLock(crew, List.of(Comer.SHUTDOWN, Comer.WORKER, Comer.SUBMIT));
    meetAtTheLock(crew, List.of(Comer.SUBMIT, Comer.WORKER, Comer.SHUTDOWN));
  }

  @Test
  @CheckId(value = "P18", points = 3)
  void of_however_many_workers_one_is_enough_while_the_others_are_busy(Crew crew) {
    for (int count : crew.sizes(2, 30)) {
      Workers mine = new Workers();
      String call = "new WorkerPool(" + count + ", factory)";
      WorkerPool pool = crew.make(call, () -> new WorkerPool(count, mine));
      for (int i = 0; i < count; i++) {
        crew.done("submit(task)", () -> pool.submit(() -> Sneaky.doThrow(failures().get(0))));
      }
      Meeting busy = crew.meeting(count);
      Meeting door = crew.meeting(NEVER);
      Meeting oneLeaves = crew.meeting(NEVER);
      for (int i = 0; i < count; i++) {
        Meeting end = i == count / 2 ? oneLeaves : door;
        crew.done("submit(task)", () -> pool.submit(() -> meetAndStay(busy, end)));
      }
      busy.comesAbout("tasks ran at the same time in a pool of " + count + " workers");
      returns(crew.asks("liveWorkers()", pool::liveWorkers), count, "so many tasks run");
      CountDownLatch done = new CountDownLatch(3 * count);
      oneLeaves.dismiss();
      for (int i = 0; i < 3 * count; i++) {
        crew.done("submit(task)", () -> pool.submit(done::countDown));
      }
      isRun(crew, done, "the last of the short tasks", "one worker is free, and the others are busy");
      retire(crew, pool);
      door.dismiss();
      mine.end(crew, "the pool was shut down and its tasks are done");
      mine.wereAtMost(2 * count);
    }
  }

  @Test
  @CheckId("P15")
  void it_is_built_and_not_borrowed(Crew crew) {
    retire(crew, pool(crew, 1));
    Structure.of(WorkerPool.class)
        .mayUse("java.util.concurrent.locks", "java.util.concurrent.atomic")
        .mayUse(
            TimeUnit.class,
            ThreadFactory.class,
            Semaphore.class,
            CountDownLatch.class,
            ConcurrentHashMap.class,
            ConcurrentLinkedQueue.class,
            ConcurrentLinkedDeque.class,
            CopyOnWriteArrayList.class,
            CopyOnWriteArraySet.class)
        .asksToBuild(
            Executor.class,
            Executors.class,
            ExecutorService.class,
            AbstractExecutorService.class,
            ThreadPoolExecutor.class,
            ScheduledThreadPoolExecutor.class,
            ForkJoinPool.class,
            CompletableFuture.class)
        .holds();
  }

  private WorkerPool pool(Crew crew, int count) {
    String call = "new WorkerPool(" + count + ", factory)";
    return crew.make(call, () -> new WorkerPool(count, workers));
  }

  private void submit(Crew crew, WorkerPool pool, int times, Runnable task) {
    for (int i = 0; i < times; i++) {
      crew.does("submit(task)", () -> pool.submit(() -> runs(task)))
          .finishes("it hands the task over and does not wait for it");
    }
  }

  private void runs(Runnable task) {
    workers.runsTask();
    task.run();
  }

  /** Lets one worker run a task that lasts until the door is opened by {@code dismiss}. */
  private Meeting busyWorker(Crew crew, WorkerPool pool) {
    Meeting begun = crew.meeting(1);
    Meeting door = crew.meeting(NEVER);
    submit(crew, pool, 1, () -> meetAndStay(begun, door));
    begun.comesAbout(Kind.STUCK, "tasks have begun though a worker is free");
    return door;
  }

  private static void meetAndStay(Meeting meeting, Meeting door) {
    meeting.attend();
    door.attend();
  }

  /** What a task sees of its thread's interrupt flag as it begins. */
  private Step<Boolean> flag(Crew crew, WorkerPool pool) {
    AtomicReference<Boolean> seen = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(1);
    submit(
        crew,
        pool,
        1,
        () -> {
          seen.set(Thread.currentThread().isInterrupted());
          done.countDown();
        });
    return crew.asks(
        "Thread.currentThread().isInterrupted() in the next task",
        () -> {
          done.await();
          return seen.get();
        });
  }

  /** The lock of the pool, found by a thread that waits for its end. */
  private static Guard guard(Crew crew, WorkerPool pool) {
    Step<Boolean> watcher = awaits(crew, pool, 60_000);
    crew.untilWaitingOrOver(watcher);
    return Guard.of(crew, watcher);
  }

  /**
   * One worker waits, the other comes back from a task just as a new one is submitted, and takes it
   * from under the one that is woken for it.
   */
  private void takeTheTaskFromUnderAnother(Crew crew, WorkerPool pool, Guard guard) {
    AtomicReference<Thread> returning = new AtomicReference<>();
    Meeting begun = crew.meeting(1);
    Meeting door = crew.meeting(NEVER);
    CountDownLatch done = new CountDownLatch(1);
    submit(
        crew,
        pool,
        1,
        () -> {
          returning.set(Thread.currentThread());
          meetAndStay(begun, door);
        });
    begun.comesAbout(Kind.STUCK, "tasks have begun though a worker is free");
    guard.holdWhile(
        () -> {
          Step<Void> submit = crew.does("submit(task)", () -> pool.submit(done::countDown));
          crew.untilWaitingOrOver(submit);
          door.dismiss();
          Rest.settle(returning.get());
        });
    isRun(crew, done, "a task", "two workers are free for it");
    workers.threads().forEach(Rest::settle);
  }

  private enum Comer {
    SHUTDOWN,
    WORKER,
    SUBMIT
  }

  /** All come while nobody is let in, in this order; some locks then serve the last one first. */
  private void meetAtTheLock(Crew crew, List<Comer> order) {
    WorkerPool pool = pool(crew, 1);
    Guard guard = guard(crew, pool);
    Meeting door = busyWorker(crew, pool);
    CountDownLatch run = new CountDownLatch(1);
    List<Step<Void>> submits = new ArrayList<>();
    guard.holdWhile(
        () -> {
          for (Comer comer : order) {
            switch (comer) {
              case SHUTDOWN -> crew.untilWaitingOrOver(crew.does("shutdown()", pool::shutdown));
              case SUBMIT -> {
                submits.add(crew.does("submit(task)", () -> pool.submit(run::countDown)));
                crew.untilWaitingOrOver(submits.get(0));
              }
              case WORKER -> {
                door.dismiss();
                workers.threads().forEach(Rest::settle);
              }
              default -> throw new AssertionError(comer);
            }
          }
        });
    Step<Void> submit = submits.get(0);
    submit.awaitEnd("it hands the task over or refuses it");
    workers.end(crew, "the pool was shut down and its tasks are done");
    if (submit.thrown().isPresent()) {
      submit.fails(IllegalStateException.class, "the pool was shut down and will not run it");
    } else if (run.getCount() > 0) {
      String sentence = "submit(task) returned, but no worker was left to run the task: ";
      throw crew.failureAt(
          "submit(task)",
          Kind.SAFETY,
          sentence + "the pool was shut down after it had looked and before it added the task");
    }
  }

  private static List<Runnable> copy(List<Runnable> tasks) {
    return tasks == null ? null : new ArrayList<>(tasks);
  }

  private static void waitForInterrupt(Meeting begun, CountDownLatch interrupted) {
    begun.attend();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
  }

  private static Step<Boolean> awaits(Crew crew, WorkerPool pool, long millis) {
    return crew.asks("awaitTermination(" + millis + ")", () -> pool.awaitTermination(millis));
  }

  private static void isRun(Crew crew, CountDownLatch done, String task, String because) {
    crew.does(task, done::await).finishes(because);
  }

  private static void retire(Crew crew, WorkerPool pool) {
    crew.done("shutdown()", pool::shutdown);
  }

  /** The reason completes "should have returned … because …". */
  private static <T> void returns(Step<T> step, T wanted, String because) {
    T got = step.finishes(because);
    if (!wanted.equals(got)) {
      String sentence = step.call() + " returned " + got + "; it should have returned " + wanted;
      throw Failure.of(
          Kind.CONTRACT, sentence + " because " + because, Students.lineOf(step.call()), List.of());
    }
  }

  private static List<Throwable> failures() {
    return List.of(
        new IllegalStateException("a task failed"),
        new AssertionError("a task failed badly"),
        new StackOverflowError(),
        new Exception("a task failed in a way that Runnable.run does not declare"));
  }

  private static List<String> names(List<Throwable> failures) {
    List<String> names = new ArrayList<>();
    failures.forEach(failure -> names.add(failure.getClass().getSimpleName()));
    return names;
  }
}
