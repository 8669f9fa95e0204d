package pools.workerpool;

import java.util.List;
import java.util.concurrent.ThreadFactory;
import threadmill.explore.Rendezvous;
import threadmill.explore.Scenario;
import threadmill.explore.Tally;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Explore;

/** What a pool of workers promises under every schedule. */
@Contract
final class WorkerPoolUnderAllSchedulesTest {
  private static final String FAILED = "a task failed";

  /** After a task that two workers may have been woken for. */
  @CheckId(value = "X1", points = 2)
  @Explore
  void two_tasks_meet_though_a_worker_woke_up_in_vain(Scenario s) {
    s.allThreadsEnd();
    Rendezvous together = s.rendezvous("two tasks run at once in a pool of 2 workers", 2);
    WorkerPool pool = new WorkerPool(2, workers(s));
    s.thread(
        "A",
        () -> {
          pool.submit(() -> {});
          pool.submit(together::meet);
          pool.submit(together::meet);
          pool.shutdown();
        });
  }

  @CheckId(value = "X2", points = 2)
  @Explore
  void each_task_is_run_once_and_sees_what_was_written_before_it_was_submitted(Scenario s) {
    s.allThreadsEnd();
    int[] brought = new int[2];
    Tally runs = s.tally("tasks run");
    Tally submitted = s.tally("tasks submitted");
    WorkerPool pool = new WorkerPool(1, workers(s));
    for (int i = 0; i < 2; i++) {
      int me = i;
      s.thread(
          i == 0 ? "A" : "B",
          () -> {
            brought[me] = 1;
            pool.submit(
                () -> {
                  s.require(
                      brought[me] == 1, "a task must see what was written before it was submitted");
                  runs.add(1);
                });
            if (submitted.add(1) == 2) {
              pool.shutdown();
            }
          });
    }
    s.atEnd("2 tasks were submitted and each was run once", () -> runs.get() == 2);
  }

  @CheckId(value = "X3", points = 2)
  @Explore
  void a_task_that_throws_costs_the_tasks_behind_it_nothing(Scenario s) {
    s.allThreadsEnd();
    Tally runs = s.tally("tasks run");
    Tally failures = s.tally("failures told to the handler");
    WorkerPool pool = new WorkerPool(1, workers(failures));
    s.thread(
        "A",
        () -> {
          pool.submit(
              () -> {
                throw new IllegalStateException(FAILED);
              });
          pool.submit(() -> runs.add(1));
          pool.shutdown();
        });
    s.atEnd("the task behind it was run", () -> runs.get() == 1);
    s.atEnd("the handler was told once", () -> failures.get() == 1);
    s.atEnd("no worker is left after the shutdown", () -> pool.liveWorkers() == 0);
  }

  @CheckId(value = "X12", points = 2)
  @Explore
  void there_are_never_more_workers_than_there_should_be(Scenario s) {
    s.noSpuriousWakeUps();
    Tally failures = s.tally("failures told to the handler");
    WorkerPool pool = new WorkerPool(1, workers(failures));
    s.thread(
        "A",
        () -> {
          pool.submit(
              () -> {
                throw new IllegalStateException(FAILED);
              });
          pool.shutdown();
        });
    s.thread(
        "B",
        () -> {
          for (int i = 0; i < 2; i++) {
            s.require(pool.liveWorkers() <= 1, "liveWorkers() was more than 1 in a pool of 1 worker");
          }
        });
  }

  @CheckId(value = "X4", points = 3)
  @Explore
  void a_task_that_comes_with_the_shutdown_is_either_run_or_refused(Scenario s) {
    s.allThreadsEnd();
    Tally runs = s.tally("tasks run");
    Tally refused = s.tally("tasks refused");
    WorkerPool pool = new WorkerPool(1, workers(s));
    s.thread(
        "A",
        () -> {
          try {
            pool.submit(() -> runs.add(1));
          } catch (IllegalStateException e) {
            refused.add(1);
          }
        });
    s.thread("B", pool::shutdown);
    s.atEnd("the task was run or refused, and not both", () -> runs.get() + refused.get() == 1);
  }

  @CheckId(value = "X5", points = 2)
  @Explore
  void a_shutdown_sends_idle_workers_home(Scenario s) {
    s.allThreadsEnd();
    WorkerPool pool = new WorkerPool(2, workers(s));
    s.thread("A", pool::shutdown);
    s.atEnd("no worker is left after the shutdown", () -> pool.liveWorkers() == 0);
  }

  @CheckId(value = "X6", points = 2)
  @Explore
  void the_end_is_told_when_all_is_done_and_not_before(Scenario s) {
    s.exactTime();
    s.allThreadsEnd();
    int[] done = new int[1];
    WorkerPool pool = new WorkerPool(1, workers(s));
    s.thread(
        "A",
        () -> {
          pool.submit(() -> done[0]++);
          pool.shutdown();
        });
    s.thread(
        "B",
        () -> {
          if (pool.awaitTermination(60_000)) {
            s.require(done[0] == 1, "awaitTermination(60000) returned true before the task was done");
            s.require(
                pool.liveWorkers() == 0,
                "awaitTermination(60000) returned true and liveWorkers() is not 0");
          } else {
            s.require(false, "awaitTermination(60000) returned false although the pool has terminated");
          }
        });
  }

  /** In the middle of the time a task ends, which wakes whoever waits for the workers. */
  @CheckId(value = "X7", points = 2)
  @Explore
  void a_wait_for_the_end_is_over_when_its_time_is(Scenario s) {
    s.exactTime();
    WorkerPool pool = new WorkerPool(1, workers(s));
    s.thread(
        "A",
        () -> {
          boolean ended = pool.awaitTermination(100);
          long spent = s.millis();
          s.require(!ended, "awaitTermination(100) returned true although nobody called shutdown()");
          s.require(
              100 <= spent && spent <= 102,
              "awaitTermination(100) must return false after 100 ms in all, not before and not later");
        });
    s.thread(
        "B",
        () -> {
          Thread.sleep(50);
          pool.submit(() -> {});
        });
  }

  @CheckId(value = "X8", points = 3)
  @Explore
  void no_task_is_lost_or_run_twice_when_the_pool_is_shut_down_now(Scenario s) {
    s.allThreadsEnd();
    Tally runs = s.tally("tasks run");
    Tally returned = s.tally("tasks returned");
    Tally refused = s.tally("tasks refused");
    WorkerPool pool = new WorkerPool(1, workers(s));
    s.thread(
        "A",
        () -> {
          for (int i = 0; i < 2; i++) {
            try {
              pool.submit(() -> runs.add(1));
            } catch (IllegalStateException e) {
              refused.add(1);
            }
          }
        });
    s.thread("B", () -> returned.add(pool.shutdownNow().size()));
    s.atEnd(
        "each of 2 tasks was run, refused or returned, and only one of that",
        () -> runs.get() + refused.get() + returned.get() == 2);
  }

  /** The task waits until it is interrupted; it has begun or it is returned. */
  @CheckId(value = "X9", points = 2)
  @Explore
  void a_task_that_runs_when_the_pool_is_shut_down_now_is_interrupted(Scenario s) {
    s.allThreadsEnd();
    Tally begun = s.tally("the task has begun");
    WorkerPool pool = new WorkerPool(1, workers(s));
    s.thread(
        "A",
        () -> {
          pool.submit(() -> waitForInterrupt(begun));
          List<Runnable> left = pool.shutdownNow();
          s.require(
              left.size() + begun.get() <= 1, "shutdownNow() returned a task that had begun already");
        });
  }

  private static void waitForInterrupt(Tally begun) {
    begun.add(1);
    Object nothing = new Object();
    synchronized (nothing) {
      try {
        while (true) {
          nothing.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @CheckId(value = "X10", points = 2)
  @Explore
  void a_task_does_not_feel_the_interrupt_of_the_one_before(Scenario s) {
    s.allThreadsEnd();
    WorkerPool pool = new WorkerPool(1, workers(s));
    s.thread(
        "A",
        () -> {
          pool.submit(() -> Thread.currentThread().interrupt());
          pool.submit(
              () ->
                  s.require(
                      !Thread.currentThread().isInterrupted(),
                      "a task felt the interrupt of the task before it"));
          pool.shutdown();
        });
  }

  @CheckId(value = "X11", points = 2)
  @Explore
  void a_shutdown_now_sends_idle_workers_home(Scenario s) {
    s.allThreadsEnd();
    WorkerPool pool = new WorkerPool(2, workers(s));
    s.thread("A", pool::shutdownNow);
    s.atEnd("no worker is left after the shutdown", () -> pool.liveWorkers() == 0);
  }

  /** Workers of whose tasks none throws. */
  private static ThreadFactory workers(Scenario s) {
    return work -> {
      Thread worker = new Thread(work);
      worker.setUncaughtExceptionHandler(
          (thread, failure) ->
              s.require(false, "no task has thrown, but a worker has: " + failure));
      return worker;
    };
  }

  private static ThreadFactory workers(Tally failures) {
    return work -> {
      Thread worker = new Thread(work);
      worker.setUncaughtExceptionHandler(
          (thread, failure) -> failures.add(FAILED.equals(failure.getMessage()) ? 1 : 100));
      return worker;
    };
  }
}
