package pools.workerpool;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import threadmill.harness.Crew;
import threadmill.harness.Failure;
import threadmill.model.Kind;

/**
 * A factory of ordinary threads that remembers them, and what tasks did to them. Thread-safe.
 *
 * <p>A thread's uncaught-exception handler tells the factory of every failure, whether the JVM
 * calls it for a thread that dies or a worker calls it and lives on.
 */
final class Workers implements ThreadFactory {
  private final AtomicInteger numbers = new AtomicInteger();
  private final List<Thread> made = new CopyOnWriteArrayList<>();
  private final Set<Thread> used = ConcurrentHashMap.newKeySet();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  @Override
  public Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "worker " + numbers.incrementAndGet());
    thread.setUncaughtExceptionHandler((worker, failure) -> failures.add(failure));
    made.add(thread);
    return thread;
  }

  /** The threads that the pool has asked for so far. */
  List<Thread> threads() {
    return List.copyOf(made);
  }

  /** How many threads the pool has asked for so far. */
  int made() {
    return made.size();
  }

  /** What the handlers were told, in the order in which they were. */
  List<Throwable> failures() {
    return List.copyOf(failures);
  }

  /** A task calls this, so that it is known which threads tasks run on. */
  void runsTask() {
    used.add(Thread.currentThread());
  }

  /** Tasks may run on threads of this factory only, and on no more than these. */
  void wereAtMost(int limit) {
    for (Thread thread : used) {
      if (!made.contains(thread)) {
        throw wrong("a task ran on a thread that is none of the factory's", thread.getName());
      }
    }
    if (made.size() > limit) {
      throw wrong("the pool has made more threads than it needs", made.size() + " of " + limit);
    }
  }

  private static Failure wrong(String sentence, String seen) {
    return Failure.of(Kind.CONTRACT, sentence, Optional.empty(), List.of("seen: " + seen));
  }

  /** No task that calls {@link #runsTask} may have run. */
  void ranNothing(String because) {
    if (!used.isEmpty()) {
      throw Failure.of(Kind.CONTRACT, "a task was run that must not run: " + because);
    }
  }

  /** Every thread must end. */
  void end(Crew crew, String because) {
    crew.does("every worker", () -> join(Set.of())).finishes(because);
  }

  /** Every thread but these must end: they are all that the pool needs. */
  void endExcept(Crew crew, Set<Thread> needed) {
    try {
      crew.does("every worker without a task", () -> join(needed)).finishes("it is needed no more");
    } catch (Failure stuck) {
      if (stuck.finding().kind() == Kind.INCONCLUSIVE) {
        throw stuck;
      }
      long alive = made.stream().filter(Thread::isAlive).count();
      throw Failure.of(
          Kind.LEAK,
          "the pool has more threads than the " + needed.size() + " that are enough",
          stuck.finding().where(),
          List.of("alive: " + alive));
    }
  }

  private void join(Set<Thread> except) throws InterruptedException {
    // By index, as a thread may be replaced while it ends.
    for (int i = 0; i < made.size(); i++) {
      if (!except.contains(made.get(i))) {
        made.get(i).join();
      }
    }
  }
}
