package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import threadmill.explore.Body;
import threadmill.explore.History;
import threadmill.explore.Rendezvous;
import threadmill.explore.Scenario;
import threadmill.explore.Section;
import threadmill.explore.Tally;
import threadmill.explore.Turnstile;
import threadmill.model.Kind;

/** A scenario in one run. */
final class Play implements Scenario {
  private record Question(String sentence, Callable<Boolean> condition) {}

  private final World world;
  private final Map<String, Body> bodies = new LinkedHashMap<>();
  private final List<String> mayWait = new ArrayList<>();
  private final Map<String, String> mustNotWait = new LinkedHashMap<>();
  private final List<Question> questions = new ArrayList<>();
  private final List<Record<?>> histories = new ArrayList<>();
  private boolean started;

  Play(World world) {
    this.world = world;
  }

  /** The life of the scenario's own thread. */
  void perform(Stage.Script script) throws Throwable {
    script.write(this);
    started = true;
    List<SimThread> declared = new ArrayList<>();
    bodies.forEach(
        (name, body) -> {
          // As a thread of a crew is called, so that no name tells where a program runs.
          Thread thread = new Thread("thread " + name);
          declared.add(world.add(name, thread, true, body::run));
        });
    for (String name : mayWait) {
      world.named(name).mayWait = true;
    }
    mustNotWait.forEach((name, sentence) -> world.named(name).independent = sentence);
    declared.forEach(world::fork);
    world.startPending();
    world.quiesce();
    world.joinAll();
    for (Record<?> history : histories) {
      history.check();
    }
    for (Question question : questions) {
      if (!Boolean.TRUE.equals(question.condition().call())) {
        world.stop(Trouble.of(Kind.SAFETY, "at the end it is not so that " + question.sentence()));
      }
    }
  }

  private void mustNotHaveStarted() {
    if (started) {
      throw new IllegalStateException("a scenario is declared before its threads start");
    }
  }

  @Override
  public Scenario thread(String name, Body body) {
    mustNotHaveStarted();
    if (bodies.put(name, body) != null) {
      throw new IllegalArgumentException("two threads are called " + name);
    }
    return this;
  }

  @Override
  public Scenario mayWait(String... threads) {
    mayWait.addAll(List.of(threads));
    return this;
  }

  @Override
  public Scenario mustNotWait(String sentence, String... threads) {
    List.of(threads).forEach(name -> mustNotWait.put(name, sentence));
    return this;
  }

  @Override
  public Scenario allThreadsEnd() {
    world.rules(World.Rules.ALL_THREADS_END);
    return this;
  }

  @Override
  public Scenario always(String sentence, BooleanSupplier condition) {
    world.always(sentence, condition);
    return this;
  }

  @Override
  public Scenario atEnd(String sentence, Callable<Boolean> condition) {
    questions.add(new Question(sentence, condition));
    return this;
  }

  @Override
  public void require(boolean holds, String sentence) {
    if (!holds) {
      world.stop(Trouble.of(Kind.SAFETY, sentence));
    }
  }

  @Override
  public Section section(String name) {
    return new Region(name, 1, true);
  }

  @Override
  public Section section(String name, int capacity) {
    return new Region(name, capacity, false);
  }

  @Override
  public Rendezvous rendezvous(String sentence, int parties) {
    return new Meeting(sentence, parties);
  }

  @Override
  public Turnstile turnstile(String name, int bound) {
    return new Gate(name, bound);
  }

  @Override
  public Tally tally(String name) {
    return new Number();
  }

  @Override
  public <M> History<M> history(Supplier<M> model) {
    Record<M> history = new Record<>(world, model);
    histories.add(history);
    world.realTime = true;
    return history.calls;
  }

  @Override
  public void untilWaiting(String thread) {
    world.waits.untilWaiting(world.named(thread), false);
  }

  @Override
  public void untilAsleep(String thread) {
    world.waits.untilWaiting(world.named(thread), true);
  }

  @Override
  public void until(String sentence, BooleanSupplier condition) {
    world.waits.until(sentence, condition, null, false);
  }

  @Override
  public void interrupt(String thread) {
    // One step, so the two are one.
    world.waits.interrupt(world.named(thread).thread);
    for (Record<?> history : histories) {
      history.calls.isBeingInterrupted(thread);
      history.calls.wasInterrupted(thread);
    }
  }

  @Override
  public long millis() {
    return world.now() / 1_000_000;
  }

  @Override
  public Scenario exactTime() {
    world.rules(World.Rules.EXACT_TIME);
    return this;
  }

  @Override
  public Scenario noSpuriousWakeUps() {
    world.rules(World.Rules.NO_SPURIOUS_WAKE_UPS);
    return this;
  }

  /** Who is inside, and in what way. */
  private final class Region implements Section {
    private final String name;
    private final int capacity;
    private final boolean guards;
    private final Location place;
    private final Location guarded;
    private final List<SimThread> alone = new ArrayList<>();
    private final List<SimThread> sharing = new ArrayList<>();

    Region(String name, int capacity, boolean guards) {
      this.name = name;
      this.capacity = capacity;
      this.guards = guards;
      place = world.memory.special("section " + name);
      guarded =
          world.memory.at(
              this, Fields.number("section " + name, "the guarded variable", false, false, true));
    }

    @Override
    public void enter() {
      world.step(OpKind.SECTION, place, true, null, false);
      alone.add(world.current());
      world.tell("enters ", name);
      check();
      if (guards) {
        world.memory.plainRead(guarded);
        world.memory.forget();
        world.memory.plainWrite(guarded, null, null);
      }
    }

    @Override
    public void enterShared() {
      world.step(OpKind.SECTION, place, true, null, false);
      sharing.add(world.current());
      world.tell("enters " + name + " to read");
      check();
      if (guards) {
        world.memory.plainRead(guarded);
        world.memory.forget();
      }
    }

    private void check() {
      int inside = alone.size() + sharing.size();
      boolean conflict = guards ? !alone.isEmpty() && inside > 1 : inside > capacity;
      if (conflict) {
        List<SimThread> all = new ArrayList<>(alone);
        all.addAll(sharing);
        String who =
            all.stream()
                .map(t -> t.name)
                .distinct()
                .collect(java.util.stream.Collectors.joining(" and "));
        world.stop(
            Trouble.of(
                Kind.SAFETY,
                who
                    + " are in "
                    + name
                    + " at the same time"
                    + (guards ? "" : ", though it holds only " + capacity)));
      }
    }

    @Override
    public void leave() {
      world.step(OpKind.SECTION, place, true, null, false);
      if (!alone.remove(world.current())) {
        sharing.remove(world.current());
      }
      world.tell("leaves ", name);
    }
  }

  private final class Meeting implements Rendezvous {
    private final String sentence;
    private final int parties;
    private int arrived;
    private int[] order = {};

    Meeting(String sentence, int parties) {
      this.sentence = sentence;
      this.parties = parties;
    }

    @Override
    public void meet() {
      arrived++;
      order = Clock.join(order, world.current().order);
      world.waits.meet(sentence, () -> arrived >= parties);
      world.current().order = Clock.join(world.current().order, order);
      world.tell("meets the others");
    }
  }

  private final class Gate implements Turnstile {
    private final String name;
    private final int bound;
    private final Location place;
    private final Map<SimThread, List<SimThread>> before = new LinkedHashMap<>();
    private final Map<SimThread, Integer> overtaken = new LinkedHashMap<>();

    Gate(String name, int bound) {
      this.name = name;
      this.bound = bound;
      this.place = world.memory.special("turnstile " + name);
    }

    @Override
    public void wants() {
      comes();
      overtaken.put(world.current(), 0);
    }

    @Override
    public void comes() {
      world.step(OpKind.SECTION, place, true, null, false);
      SimThread self = world.current();
      before.put(
          self,
          before.keySet().stream()
              .filter(t -> t != self && (t.isBlocked() || t.isYielding()))
              .toList());
      world.tell("wants ", name);
    }

    @Override
    public void enters() {
      world.step(OpKind.SECTION, place, true, null, false);
      SimThread self = world.current();
      world.tell("gets ", name);
      List<SimThread> waited = before.remove(self);
      overtaken.remove(self);
      for (SimThread other : waited == null ? List.<SimThread>of() : waited) {
        boolean counts = before.containsKey(other) && overtaken.containsKey(other);
        if (counts && overtaken.merge(other, 1, Integer::sum) > bound) {
          world.stop(overtook(other, self, overtaken.get(other)));
        }
      }
    }

    /** Told where the one that was overtaken waits: that is the line to look at. */
    private Trouble overtook(SimThread other, SimThread self, int times) {
      Trouble trouble =
          Trouble.of(
              Kind.STARVATION,
              other.name
                  + " was waiting for "
                  + name
                  + " before "
                  + self.name
                  + " came, and "
                  + self.name
                  + " got it first"
                  + (bound == 0 ? "" : "; " + other.name + " was overtaken " + times + " times"));
      return other.seen.theirs() ? trouble.at(other.seen) : trouble;
    }
  }

  private static final class Number implements Tally {
    private int value;

    @Override
    public int add(int amount) {
      value += amount;
      return value;
    }

    @Override
    public int get() {
      return value;
    }
  }
}
