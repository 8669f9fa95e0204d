package threadmill.harness;

import static java.lang.Thread.State.RUNNABLE;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import threadmill.evidence.RunningCheck;
import threadmill.model.Kind;

/**
 * The threads of one scenario. Everything of the student's runs on a thread of its own, so that the
 * test's thread can watch it, give up on it, and say where it stands.
 *
 * <p>A call is named by the words it has in the student's source, as in {@code "tryAcquire(50)"}:
 * the name is used in sentences and to find the line. Used from one thread, the test's.
 */
public final class Crew implements AutoCloseable {
  private static final long FAREWELL_NANOS = 300_000_000L;
  private static final long STAYS_NANOS = 30_000_000L;
  private static final long STILL_NANOS = 200_000_000L;
  private static final long RESTLESS_NANOS = 10_000_000_000L;

  /** Where {@link #sizes} begins to double. */
  private static final int SCALE = 6;

  private static final AtomicInteger ABANDONED = new AtomicInteger();

  private final Set<Thread> earlier = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Threads are numbered as they are made, and one that has ended may be an earlier one as well.
   */
  private final long oldest = number(new Thread());

  private final List<Step<?>> steps = new CopyOnWriteArrayList<>();
  private final List<Meeting> meetings = new ArrayList<>();
  private final List<Halt> halts = new ArrayList<>();
  private final Map<Thread, Throwable> uncaught = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<Object> roots = new CopyOnWriteArrayList<>();
  private final Set<Long> doomed = new HashSet<>();
  private final Random random = new Random(RunningCheck.current().seed());
  private boolean heavy;
  private boolean timelessChildren;

  public Crew() {
    earlier.addAll(JvmThreads.alive());
  }

  /** Starts a call that returns nothing on a new thread. */
  public Step<Void> does(String call, Action action) {
    return asks(
        call,
        () -> {
          perform(action);
          return null;
        });
  }

  /** Starts a call that returns something on a new thread. */
  public <T> Step<T> asks(String call, Callable<T> question) {
    Step<T> step = new Step<>(this, letter(steps.size()), call, question, new CountDownLatch(0));
    steps.add(step);
    step.begin();
    return step;
  }

  /** Runs a call that must return, and waits for it. */
  public void done(String call, Action action) {
    does(call, action).finishes("nothing holds it up");
  }

  /** Runs a call that must return, and waits for its answer. */
  public <T> T answer(String call, Callable<T> question) {
    return asks(call, question).finishes("nothing holds it up");
  }

  /**
   * Makes the object under test, whose fields {@link Guard} may search for the lock that its
   * threads wait on.
   */
  public <T> T make(String call, Callable<T> constructor) {
    T made = answer(call, constructor);
    roots.add(made);
    return made;
  }

  /** Starts several calls behind one gate, so that none begins before all threads are ready. */
  public List<Step<Void>> atOnce(int threads, String call, IntFunction<Action> actions) {
    CountDownLatch gate = new CountDownLatch(threads);
    List<Step<Void>> together = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      together.add(behind(gate, letter(steps.size()), call, actions.apply(i)));
    }
    together.forEach(Step::begin);
    return together;
  }

  /** Makes a call that will run on a thread of this name once all behind the gate are ready. */
  Step<Void> behind(CountDownLatch gate, String name, String call, Action action) {
    Callable<Void> body =
        () -> {
          perform(action);
          return null;
        };
    Step<Void> step = new Step<>(this, name, call, body, gate);
    steps.add(step);
    return step;
  }

  /**
   * Waits until every one of these has returned. If some have failed and others wait for them, the
   * failure is told, whichever was noticed first.
   */
  public void allFinish(List<? extends Step<?>> some, String because) {
    try {
      some.forEach(step -> step.awaitEnd(because));
    } catch (Failure stuck) {
      some.stream().filter(Step::hasFailed).forEach(step -> step.finishes(because));
      throw stuck;
    }
    some.forEach(step -> step.finishes(because));
  }

  /**
   * The same, and then asks the question, which fails if a race has broken something. It is asked
   * as well where some have failed or wait for ever: in which of the ways a broken program goes on
   * is chance.
   */
  public void allFinish(List<? extends Step<?>> some, String because, Runnable question) {
    try {
      allFinish(some, because);
    } catch (Failure failure) {
      if (failure.finding().kind() != Kind.INCONCLUSIVE) {
        question.run();
      }
      throw failure;
    }
    question.run();
  }

  /** Waits until this call waits, with or without a time limit; fails if it returns first. */
  public void untilWaiting(Step<?> step, String although) {
    untilWaitingOrOver(step);
    if (step.isOver()) {
      step.blocks(although);
    }
  }

  /** Waits until this call either waits for somebody else or is over. */
  public void untilWaitingOrOver(Step<?> step) {
    untilWaitingOr(step, () -> false);
  }

  /** Waits until this call waits for somebody else or is over, or the condition holds. */
  public void untilWaitingOr(Step<?> step, BooleanSupplier enough) {
    long begin = System.nanoTime();
    for (int calm = 0; calm < 3 && !step.isOver() && !enough.getAsBoolean(); ) {
      Probe before = Probe.of(step.thread());
      step.awaitMillis(2);
      calm = waitsSince(before, step) ? calm + 1 : 0;
      step.giveUpIfRestless(begin);
    }
  }

  private boolean waitsSince(Probe before, Step<?> step) {
    Probe after = Probe.of(step.thread());
    // A thread that reads from a child waits in native code, and runs for all that the JVM knows.
    boolean reads = timelessChildren && Kernel.available() && after.state() == RUNNABLE;
    boolean asleep = after.asleep() || after.timed() || reads;
    return asleep && step.isAsleepInTheKernel() && after.unmovedSince(before);
  }

  /** Waits until all of these calls wait at once; fails if one returns first. */
  public void untilAllWait(List<? extends Step<?>> some, String although) {
    long begin = System.nanoTime();
    for (int calm = 0; calm < 3; ) {
      List<Probe> before = some.stream().map(step -> Probe.of(step.thread())).toList();
      pause(2);
      boolean all = true;
      for (int i = 0; i < before.size(); i++) {
        Step<?> step = some.get(i);
        if (step.isOver()) {
          step.blocks(although);
        }
        all &= waitsSince(before.get(i), step);
        step.giveUpIfRestless(begin);
      }
      calm = all ? calm + 1 : 0;
    }
  }

  /**
   * Waits until nothing moves any more, so that what has not happened by then never will, or until
   * the condition holds; ten seconds at most, for what polls never rests.
   *
   * @return whether it was one of the two
   */
  public boolean untilStillOr(BooleanSupplier enough) {
    long begin = System.nanoTime();
    Stillness stillness = stillness();
    while (!enough.getAsBoolean()) {
      LockSupport.parkNanos(5_000_000L);
      long quiet = stillness.look();
      boolean sure = Kernel.available() && !stillness.timed();
      if (quiet > (sure ? STILL_NANOS : 5 * STILL_NANOS)) {
        return true;
      }
      if (System.nanoTime() - begin > RESTLESS_NANOS) {
        return false;
      }
    }
    return true;
  }

  /**
   * Waits until no thread and no process of the student's is left; what stays although nothing
   * moves any more is a {@code LEAK} of that call's.
   */
  public void leavesNothing(String call) {
    if (!comesTrue(() -> theirThreads().isEmpty() && Processes.alive().isEmpty())) {
      int threads = theirThreads().size();
      String left = threads > 0 ? "a thread" : "a process";
      String all = "left: threads: " + threads + ", processes: " + Processes.alive().size();
      throw failureAt(call, Kind.LEAK, call + " left " + left + " behind", all);
    }
  }

  /**
   * Waits until these processes are gone, of which none may wait for a clock; what stays although
   * nothing moves any more is a {@code LEAK} of that call's.
   *
   * @param although completes "… still ran although …"
   */
  public void leavesNone(String call, List<Long> pids, String although) {
    doomed.addAll(pids);
    childrenWaitForNoClock();
    comesTrue(() -> pids.stream().noneMatch(Processes::isAlive));
    List<String> left =
        pids.stream()
            .filter(Processes::isAlive)
            .map(Processes::describe)
            .collect(Collectors.toCollection(ArrayList::new));
    if (!left.isEmpty()) {
      left.add(0, "still running: " + left.size() + " of " + pids.size());
      String sentence = "a process still ran although " + although;
      throw Failure.of(Kind.LEAK, sentence, Students.lineOf(call), left);
    }
  }

  /** As {@link #leavesNothing}, but the threads are not asked for. */
  public void leavesNoProcess(String call) {
    childrenWaitForNoClock();
    if (!comesTrue(() -> Processes.alive().isEmpty())) {
      List<String> left = Processes.alive().stream().sorted().map(Processes::describe).toList();
      String sentence = "a process still runs although " + call + " has returned";
      throw Failure.of(Kind.LEAK, sentence, Students.lineOf(call), left);
    }
  }

  /** Waits until the condition holds; if it cannot come about, fails with the sentence. */
  public void until(BooleanSupplier condition, String otherwise) {
    Patience.End end = end(condition, otherwise);
    if (end != Patience.End.OVER) {
      boolean unclear = end == Patience.End.UNCLEAR;
      throw failure(unclear ? Kind.INCONCLUSIVE : Kind.STUCK, otherwise);
    }
  }

  /**
   * Waits until the condition holds, or nothing moves any more.
   *
   * @return whether it holds
   * @throws Failure if threads have locked each other out, or the machine is too busy to tell
   */
  public boolean comesTrue(BooleanSupplier condition) {
    Patience.End end = end(condition, "everything should come to its end");
    if (end == Patience.End.UNCLEAR) {
      String why =
          Kernel.available()
              ? "the machine was too busy to tell what is still to come"
              : "this machine has no /proc, which would tell whether anything still moves";
      throw failure(Kind.INCONCLUSIVE, why);
    }
    return end == Patience.End.OVER;
  }

  private Patience.End end(BooleanSupplier condition, String should) {
    Patience.End end =
        Patience.await(
            () -> {
              boolean holds = condition.getAsBoolean();
              for (int i = 0; i < 10 && !holds; i++) {
                LockSupport.parkNanos(2_000_000L);
                holds = condition.getAsBoolean();
              }
              if (!holds) {
                // The kernel still sees a thread that the condition has used.
                LockSupport.parkNanos(5_000_000L);
              }
              return holds;
            },
            this);
    if (end == Patience.End.DEADLOCKED) {
      throw new Failure(Deadlocks.finding(this, should));
    }
    return end;
  }

  /**
   * Asks again and again until the answer is as wanted: what a thread of the student's is about to
   * notice may take its time, but not for ever.
   *
   * @param otherwise the sentence to fail with when nothing moves any more
   * @param measured as in {@link #failureAt}
   */
  public <T> T settles(
      String call,
      Callable<T> question,
      Predicate<T> wanted,
      String otherwise,
      String... measured) {
    AtomicReference<T> last = new AtomicReference<>();
    try {
      until(
          () -> {
            // A question that does not come back is no answer, whatever was answered before.
            last.set(null);
            Step<T> asking = asks(call, question);
            last.set(asking.finishes("nothing holds it up"));
            asking.leave();
            return wanted.test(last.get());
          },
          otherwise);
      return last.get();
    } catch (Failure failure) {
      if (failure.finding().kind() != Kind.STUCK || last.get() == null) {
        throw failure;
      }
      List<String> evidence = new ArrayList<>(List.of(measured));
      evidence.add(call + " says " + Words.shown(last.get()) + ", and nothing moves any more");
      throw Failure.of(Kind.CONTRACT, otherwise, Students.lineOf(call), evidence);
    }
  }

  /** Lets real time pass; for scenarios in which the passing of time is the point. */
  public void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Kind.INCONCLUSIVE, "the check itself was interrupted");
    }
  }

  /** A place where {@code parties} tasks of the student's must be at the same time. */
  public Meeting meeting(int parties) {
    Meeting meeting = new Meeting(this, parties);
    meetings.add(meeting);
    return meeting;
  }

  /**
   * A call that stops at one point of its own, so that a whole story can happen in the middle of
   * it.
   *
   * @param point from 1: before so many accesses to fields and calls into the library
   */
  public Halt halt(int point) {
    Noise.setPlanned(true);
    Halt halt = new Halt(this, point);
    halts.add(halt);
    return halt;
  }

  /** Allows long computations: the processor time after which a call counts as busy is raised. */
  public Crew heavy() {
    heavy = true;
    return this;
  }

  /**
   * Holds the student's threads up at random between two steps, until this crew is closed. For
   * calls that must come to an end; a thread that is held up looks like one that waits on a clock.
   */
  public Crew noisy() {
    Noise.set(true);
    return this;
  }

  /** Lets the student's threads run undisturbed again. */
  public Crew quiet() {
    Noise.set(false);
    return this;
  }

  /**
   * Promises that no child process waits for a clock, so that a sleeping child proves that nothing
   * more will happen. Without it a live child postpones the verdict.
   */
  public Crew childrenWaitForNoClock() {
    timelessChildren = true;
    return this;
  }

  /**
   * How many threads, places, permits: the least number, and one of each scale above six, drawn by
   * the check's seed. A program that is right for a few and wrong for more cannot know for how
   * many.
   */
  public List<Integer> sizes(int least, int most) {
    List<Integer> sizes = new ArrayList<>(List.of(least));
    for (int below = SCALE; below < most; below *= 2) {
      int from = Math.max(least, below);
      sizes.add(from + 1 + random.nextInt(Math.max(1, Math.min(most, 2 * below) - from)));
    }
    return sizes;
  }

  /** Random numbers from this check's seed. */
  public Random random() {
    return random;
  }

  /**
   * The live threads of the scenario: the crew's own and all that have been started since it began
   * but those that run nothing of the student's.
   */
  public List<Thread> threads() {
    return JvmThreads.alive().stream()
        .filter(thread -> !earlier.contains(thread) && !JvmThreads.isOfNoSubmission(thread))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  @SuppressWarnings("deprecation")
  private static long number(Thread thread) {
    return thread.getId();
  }

  /** The threads that the student's code started and that still live. */
  public List<Thread> theirThreads() {
    List<Thread> theirs = threads();
    steps.forEach(step -> theirs.remove(step.thread()));
    return theirs;
  }

  /** What ended threads of the scenario, by thread; a call's own exceptions are not among them. */
  public Map<Thread, Throwable> uncaught() {
    return Map.copyOf(uncaught);
  }

  /**
   * Asks a question that a busy machine cannot always answer, five times at most.
   *
   * @param need what the machine must manage for that, as in "wake a thread every 50 ms"
   * @param answered asks, and says whether the answer counts; what is wrong is thrown
   * @throws Failure what that throws, or that nothing can be concluded
   */
  public void untilAnswered(String need, BooleanSupplier answered) {
    for (int attempt = 0; attempt < 5; attempt++) {
      if (answered.getAsBoolean()) {
        return;
      }
    }
    throw failure(
        Kind.INCONCLUSIVE, "this machine is too busy to " + need + ", five times running");
  }

  /** Fails with this kind and sentence, with a picture of all threads as evidence. */
  public Failure failure(Kind kind, String sentence) {
    return new Failure(Picture.of(this).finding(kind, sentence));
  }

  /**
   * Fails with this kind and sentence, on the line where the call's method begins.
   *
   * @param measured what chance has decided and the sentence must not name, as in "sold: 103 of
   *     100"
   */
  public Failure failureAt(String call, Kind kind, String sentence, String... measured) {
    return Failure.of(kind, sentence, Students.lineOf(call), List.of(measured));
  }

  /**
   * Interrupts what still runs and waits a moment for it, a shorter one if nothing moves. Threads
   * that will not end are abandoned and counted.
   */
  @Override
  public void close() {
    Noise.set(false);
    Noise.setPlanned(false);
    halts.forEach(Halt::end);
    RunningCheck.current().over(thread -> number(thread) > oldest);
    meetings.forEach(Meeting::dismiss);
    List<Thread> left = threads();
    left.forEach(Thread::interrupt);
    sayFarewell(left);
    // What they failed by in the end was our interrupt.
    RunningCheck.current().over(thread -> false);
    ABANDONED.addAndGet((int) left.stream().filter(Thread::isAlive).count());
  }

  /** Waits for them to end, but not for those who only wait themselves, whatever was asked. */
  private void sayFarewell(List<Thread> left) {
    long begin = System.nanoTime();
    Stillness stillness = stillness();
    boolean stay = false;
    while (!stay && left.stream().anyMatch(Thread::isAlive)) {
      LockSupport.parkNanos(2_000_000L);
      long still = stillness.look();
      stay =
          still > STAYS_NANOS && !stillness.timed() || System.nanoTime() - begin > FAREWELL_NANOS;
    }
  }

  /**
   * Tells the threads that this JVM has now, which are not watched, from those to come. Called
   * before the first check; the first scenario does it otherwise.
   */
  public static void begin() {
    Kernel.firstTasks();
  }

  /** How many threads of all scenarios in this JVM could not be ended. */
  public static int abandoned() {
    return ABANDONED.get();
  }

  List<Step<?>> steps() {
    return steps;
  }

  List<Object> roots() {
    return roots;
  }

  boolean isHeavy() {
    return heavy;
  }

  boolean childrenAreTimeless() {
    return timelessChildren;
  }

  /** The live processes of the scenario, and those whose end is awaited. */
  Set<Long> children() {
    Set<Long> children = new HashSet<>(Processes.alive());
    doomed.stream().filter(Processes::isAlive).forEach(children::add);
    return children;
  }

  Stillness stillness() {
    return new Stillness(this);
  }

  Thread thread(String name, Runnable body) {
    // A group of its own: whoever keeps its monitor holds up nobody else.
    Thread thread = new Thread(new ThreadGroup("crew"), body, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(uncaught::put);
    return thread;
  }

  private static void perform(Action action) throws Exception {
    try {
      action.run();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static String letter(int index) {
    String last = String.valueOf((char) ('A' + index % 26));
    return index < 26 ? last : letter(index / 26 - 1) + last;
  }
}
