package threadmill.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import threadmill.explore.Body;
import threadmill.explore.History;
import threadmill.explore.Linearizability;
import threadmill.explore.Rendezvous;
import threadmill.explore.Scenario;
import threadmill.explore.Section;
import threadmill.explore.Tally;
import threadmill.explore.Turnstile;
import threadmill.model.Kind;
import threadmill.model.Where;

/**
 * A scenario on real threads of a crew: nothing is controlled, and only what cannot be otherwise is
 * called wrong. Who overtakes whom, who waits for a moment, and what holds between two steps is not
 * to be seen from outside and not asked here.
 */
final class RealScenario implements Scenario {
  private record Question(String sentence, Callable<Boolean> condition) {}

  private static final long MOST_HELD_NANOS = 20_000_000L;
  private static final int CALM_LOOKS = 3;
  private static final long LOOK_MILLIS = 2;
  private static final long SPUN_NANOS = 100_000_000L;
  private static final long LONG_ENOUGH_NANOS = 2_000_000_000L;

  private final Crew crew;
  private final long begin = System.nanoTime();
  private final Map<String, Body> bodies = new LinkedHashMap<>();
  private final Map<String, Step<Void>> steps = new LinkedHashMap<>();
  private final Map<String, Noise.Plan> plans = new LinkedHashMap<>();
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final List<String> mayWait = new ArrayList<>();
  private final List<Question> questions = new ArrayList<>();
  private final RealRecorder recorder = new RealRecorder();
  private final List<Linearizability<?>> histories = new ArrayList<>();
  private final List<RealRendezvous> meetings = new ArrayList<>();

  /** Threads that wait for this scenario and not for the program under test. */
  private final Map<Thread, Boolean> held = new ConcurrentHashMap<>();

  private final Object changes = new Object();
  private boolean allThreadsEnd;
  private boolean exactTime;
  private volatile boolean outOfStep;
  private volatile long looked = begin;

  RealScenario(Crew crew) {
    this.crew = crew;
  }

  /** Makes the declared threads, to be started together. */
  List<Step<Void>> threadsBehind(CountDownLatch gate) {
    bodies.forEach(
        (name, body) -> {
          Action life =
              () -> {
                Noise.follow(plans.get(name));
                begins(name);
                body.run();
              };
          steps.put(name, crew.behind(gate, name, "a thread of the scenario", life));
        });
    return List.copyOf(steps.values());
  }

  /** The names of the declared threads. */
  Set<String> threads() {
    return bodies.keySet();
  }

  /** No thread is held up by chance, but this one at that point of its own, until others rest. */
  void holdUp(String thread, int point) {
    bodies.keySet().forEach(name -> plans.put(name, new Noise.Plan(0, () -> {})));
    plans.put(thread, new Noise.Plan(point, this::untilOthersRest));
  }

  /** How many points each thread came to that was not held up by chance. */
  Map<String, Integer> points() {
    Map<String, Integer> points = new LinkedHashMap<>();
    plans.forEach((name, plan) -> points.put(name, plan.points()));
    return points;
  }

  private void untilOthersRest() {
    Thread me = Thread.currentThread();
    long since = System.nanoTime();
    for (int calm = 0; calm < CALM_LOOKS && System.nanoTime() - since < MOST_HELD_NANOS; ) {
      Noise.pause();
      boolean all = begun.size() == bodies.size();
      calm = all && allAtRestBut(me) ? calm + 1 : 0;
    }
  }

  boolean isOver() {
    return steps.values().stream().allMatch(Step::isOver);
  }

  /** The calls that must come to an end. */
  List<Step<Void>> mustEnd() {
    return bodies.keySet().stream().filter(n -> !mayWait.contains(n)).map(steps::get).toList();
  }

  /** All that has come to an end did so without an exception, and what must hold does. */
  void mustHold() {
    for (Step<Void> step : steps.values()) {
      if (step.isOver()) {
        step.finishes("it is over");
      }
    }
    meetings.forEach(RealRendezvous::mustHaveComeAbout);
    histories.forEach(history -> history.complaint().ifPresent(recorder::complain));
    for (Question question : questions) {
      if (!Boolean.TRUE.equals(crew.answer("the end", question.condition()))) {
        String sentence = "at the end it is not so that " + question.sentence();
        throw crew.failure(Kind.SAFETY, sentence);
      }
    }
  }

  boolean endsAllThreads() {
    return allThreadsEnd;
  }

  /** Whether it says nothing where time is real. */
  boolean needsExactTime() {
    return exactTime;
  }

  /** Whether the machine was too busy for the order of steps that it asks for. */
  boolean isOutOfStep() {
    return outOfStep;
  }

  /** Whether a thread of it looked at others after this {@link System#nanoTime}. */
  boolean lookedSince(long time) {
    return looked - time > 0;
  }

  /** Why nothing moves any more: threads that could not meet, or one that waits. */
  Failure stuck() {
    meetings.forEach(RealRendezvous::mustHaveComeAbout);
    return crew.failure(Kind.STUCK, "a thread waits for ever");
  }

  @Override
  public Scenario thread(String name, Body body) {
    bodies.put(name, body);
    return this;
  }

  @Override
  public Scenario mayWait(String... threads) {
    mayWait.addAll(List.of(threads));
    return this;
  }

  @Override
  public Scenario mustNotWait(String sentence, String... threads) {
    return this;
  }

  @Override
  public Scenario allThreadsEnd() {
    allThreadsEnd = true;
    return this;
  }

  @Override
  public Scenario always(String sentence, BooleanSupplier condition) {
    return atEnd(sentence, condition::getAsBoolean);
  }

  @Override
  public Scenario atEnd(String sentence, Callable<Boolean> condition) {
    questions.add(new Question(sentence, condition));
    return this;
  }

  @Override
  public void require(boolean holds, String sentence) {
    if (!holds) {
      throw Failure.here(Kind.SAFETY, sentence);
    }
  }

  @Override
  public Section section(String name) {
    return new RealSection(name, 0);
  }

  @Override
  public Section section(String name, int capacity) {
    return new RealSection(name, capacity);
  }

  @Override
  public Rendezvous rendezvous(String sentence, int parties) {
    RealRendezvous meeting = new RealRendezvous(sentence, parties);
    meetings.add(meeting);
    return meeting;
  }

  @Override
  public Turnstile turnstile(String name, int bound) {
    return new Turnstile() {
      @Override
      public void wants() {}

      @Override
      public void comes() {}

      @Override
      public void enters() {}
    };
  }

  @Override
  public Tally tally(String name) {
    return new RealTally();
  }

  @Override
  public <M> History<M> history(Supplier<M> model) {
    Linearizability<M> history = new Linearizability<>(recorder, model);
    histories.add(history);
    return history;
  }

  /**
   * Waits until that thread is asleep in the program under test and so is whoever might wake it
   * soon: one that merely queues at a lock would move when the owner has a processor again, or is
   * not held up any more. One that runs on its own may be on its way there: then the order that is
   * asked for did not come about, and nothing is concluded.
   */
  @Override
  public void untilWaiting(String thread) {
    untilBegun(thread);
    Step<Void> step = steps.get(thread);
    Thread me = Thread.currentThread();
    held.put(me, true);
    long since = System.nanoTime();
    long cpu = Probe.of(step.thread()).cpuNanos();
    try {
      while (!outOfStep && !step.isOver() && !staysAsleep(step, me)) {
        step.awaitMillis(LOOK_MILLIS);
        // To look at others costs processor time as well, which is not the program's.
        long now = Probe.of(step.thread()).cpuNanos();
        cpu = isOurs(step.thread()) ? now : cpu;
        looked = System.nanoTime();
        outOfStep |= now - cpu > SPUN_NANOS || looked - since > LONG_ENOUGH_NANOS;
      }
    } finally {
      looked = System.nanoTime();
      held.remove(me);
    }
  }

  /**
   * To look is work as well: if all looked at the same time, none would ever see all others rest.
   */
  private boolean staysAsleep(Step<Void> step, Thread me) {
    synchronized (held) {
      Probe before = Probe.of(step.thread());
      for (int look = 0; look < CALM_LOOKS; look++) {
        if (!(before.asleep() || before.timed()) || isOurs(step.thread()) || !allAtRestBut(me)) {
          return false;
        }
        step.awaitMillis(LOOK_MILLIS);
        Probe after = Probe.of(step.thread());
        if (!after.unmovedSince(before)) {
          return false;
        }
        before = after;
      }
      return allAtRestBut(me);
    }
  }

  private boolean isOurs(Thread thread) {
    return held.containsKey(thread) || Noise.holdsUp(thread);
  }

  private boolean allAtRestBut(Thread me) {
    return steps.values().stream()
        .filter(step -> step.thread() != me && !step.isOver())
        .allMatch(step -> step.isAsleepInTheKernel() && !Noise.holdsUp(step.thread()));
  }

  @Override
  public void untilAsleep(String thread) {
    untilWaiting(thread);
  }

  @Override
  public void until(String sentence, BooleanSupplier condition) {
    Thread me = Thread.currentThread();
    held.put(me, true);
    boolean interrupted = false;
    synchronized (changes) {
      while (!condition.getAsBoolean()) {
        try {
          changes.wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    held.remove(me);
    if (interrupted) {
      me.interrupt();
    }
  }

  @Override
  public void interrupt(String thread) {
    untilBegun(thread);
    histories.forEach(history -> history.isBeingInterrupted(thread));
    steps.get(thread).interrupt();
    histories.forEach(history -> history.wasInterrupted(thread));
  }

  /** What holds it back until all are ready is no wait of the program's. */
  private void untilBegun(String thread) {
    until("thread " + thread + " has begun", () -> begun.contains(thread));
  }

  private void begins(String thread) {
    begun.add(thread);
    synchronized (changes) {
      changes.notifyAll();
    }
  }

  @Override
  public long millis() {
    return (System.nanoTime() - begin) / 1_000_000;
  }

  @Override
  public Scenario exactTime() {
    exactTime = true;
    return this;
  }

  @Override
  public Scenario noSpuriousWakeUps() {
    return this;
  }

  private final class RealTally implements Tally {
    private final AtomicInteger value = new AtomicInteger();

    @Override
    public int add(int amount) {
      int now = value.addAndGet(amount);
      synchronized (changes) {
        changes.notifyAll();
      }
      return now;
    }

    @Override
    public int get() {
      return value.get();
    }
  }

  /** Counts who is inside; the guarded variable of the explored one is not asked for. */
  private static final class RealSection implements Section {
    private final String name;
    private final int capacity;
    private int alone;
    private int sharing;

    RealSection(String name, int capacity) {
      this.name = name;
      this.capacity = capacity;
    }

    @Override
    public void enter() {
      check(1, 0);
      Noise.point();
    }

    @Override
    public void enterShared() {
      check(0, 1);
      Noise.point();
    }

    private synchronized void check(int moreAlone, int moreSharing) {
      alone += moreAlone;
      sharing += moreSharing;
      int inside = alone + sharing;
      if (capacity == 0 ? alone > 0 && inside > 1 : inside > capacity) {
        String many = capacity == 0 ? "threads" : "more than " + capacity + " threads";
        String sentence = many + " are in " + name + " at the same time";
        throw Failure.of(Kind.SAFETY, sentence, Optional.empty(), List.of("inside: " + inside));
      }
    }

    @Override
    public synchronized void leave() {
      if (alone > 0) {
        alone--;
      } else {
        sharing--;
      }
    }
  }

  private final class RealRendezvous implements Rendezvous {
    private final String sentence;
    private final int parties;
    private final List<Thread> present = new ArrayList<>();
    private volatile boolean open;

    RealRendezvous(String sentence, int parties) {
      this.sentence = sentence;
      this.parties = parties;
    }

    @Override
    public void meet() {
      Thread me = Thread.currentThread();
      synchronized (present) {
        present.add(me);
        open |= present.size() >= parties;
        if (open) {
          present.forEach(LockSupport::unpark);
        }
      }
      boolean interrupted = Thread.interrupted();
      while (!open) {
        LockSupport.park();
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        me.interrupt();
      }
    }

    void mustHaveComeAbout() {
      synchronized (present) {
        if (!open && !present.isEmpty()) {
          throw crew.failure(Kind.OVERSYNC, "it does not come about that " + sentence);
        }
      }
    }
  }

  private final class RealRecorder implements Linearizability.Recorder {
    @Override
    public String thread() {
      return Thread.currentThread().getName().replaceFirst("^thread ", "");
    }

    @Override
    public long millis() {
      return RealScenario.this.millis();
    }

    @Override
    public boolean isInterrupted() {
      return Thread.currentThread().isInterrupted();
    }

    @Override
    public Optional<Where> place() {
      return Optional.empty();
    }

    @Override
    public void step(boolean end) {}

    @Override
    public void tell(String what) {}

    @Override
    public String shown(Object value) {
      return Words.shown(value);
    }

    @Override
    public void complain(Linearizability.Complaint complaint) {
      Optional<Where> line = complaint.call().flatMap(Students::lineOf);
      throw Failure.of(complaint.kind(), complaint.sentence(), line, complaint.lines());
    }
  }
}
