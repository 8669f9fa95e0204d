package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import threadmill.model.Kind;

/**
 * One run of a scenario: its threads, its memory, its clock, and what happened. At any moment one
 * simulated thread runs; before each visible operation it asks the {@link Chooser} who is next.
 */
public final class World {
  private static final Pattern UNNAMED = Pattern.compile("(Thread-\\d+)?");
  private static final int MOST_THREADS = 60;
  static final int PATIENT = 16;
  private static final int MOST_LOOPS = 3_000_000;
  private static final int MOST_ABANDONMENTS = 200;

  final Knowledge knowledge;
  final Chooser chooser;
  final Engine engine;
  final Story story;
  final Memory memory = new Memory(this);
  final Monitors monitors = new Monitors(this);
  final Waits waits = new Waits(this);
  final Locks locks = new Locks(this);
  final Scheduler scheduler = new Scheduler(this);
  final List<SimThread> threads = new ArrayList<>();
  private final Map<Thread, SimThread> byThread = new IdentityHashMap<>();

  /** Threads that were interrupted before they were started. */
  final Set<Thread> early = Collections.newSetFromMap(new IdentityHashMap<>());

  private final List<Claim> always = new ArrayList<>();
  final List<Integer> decisions = new ArrayList<>();
  private final List<Event> blocked = new ArrayList<>();

  /**
   * Whether calls are compared in the order of real time, which no memory mode short of volatile
   * promises formally and every machine keeps: opaque and acquiring reads then see the newest
   * write.
   */
  boolean realTime;

  private Event[] events = new Event[128];
  int count;
  int ids;
  int changes;
  long nanos;
  final Location clock = Location.common("the clock", 1);
  private final List<Expiry> expiries = new ArrayList<>(1);
  private int moments;
  private int loops;
  private int deviations;
  SimThread current;
  SimThread root;
  boolean running;
  private boolean aborting;
  private int silent;
  private int initializing;
  private Trouble trouble;
  Trouble race;
  Thread.UncaughtExceptionHandler defaultHandler;

  /** Threads that class initializers have started and that are to begin when those have ended. */
  private final List<Thread> pending = new ArrayList<>();

  private Throwable accident;
  Event open;
  boolean exactTime;
  boolean noSpurious;
  private boolean mustEnd;
  boolean stopped;
  private boolean deviated;
  private boolean rationed;

  /** An event that moved the clock, by a timer that expired although somebody could go on. */
  private record Expiry(Event event, long until) {}

  /** A condition and the sentence it makes true. */
  record Claim(String sentence, BooleanSupplier condition) {}

  /**
   * @param deviations how many unusual things may happen: spurious wake-ups, early expiries, stale
   *     reads
   * @param story told what happens, or null
   */
  World(Knowledge knowledge, Chooser chooser, Engine engine, int deviations, Story story) {
    this.knowledge = knowledge;
    this.chooser = chooser;
    this.engine = engine;
    this.deviations = deviations;
    this.story = story;
  }

  /** Runs the scenario to its end and leaves nothing of it running. */
  void play(SimThread.Body scenario) {
    root = add("scenario", new Thread("scenario"), true, scenario);
    root.begun = true;
    current = root;
    running = true;
    Hooks.enter(this);
    try {
      engine.run(root);
      running = false;
      if (memory.promises().areOpen()) {
        trouble = null;
        race = null;
      }
      scheduler.endTrial(true);
      findBlocked();
      aborting = true;
      for (SimThread thread : threads) {
        if (thread.begun && !thread.ended) {
          current = thread;
          abandon(thread);
        }
      }
    } finally {
      Hooks.leave();
    }
  }

  private void abandon(SimThread thread) {
    try {
      engine.abandon(thread);
    } catch (Refused e) {
      trouble = Trouble.of(Kind.INCONCLUSIVE, e.getMessage());
    }
  }

  /** The life of a simulated thread, on whatever the engine runs it. Never throws. */
  void live(SimThread self) {
    SimThread next = null;
    try {
      next = livedThrough(self);
    } catch (Abandoned e) {
      // Somebody else ended the run.
    } catch (Throwable e) {
      fail(
          Trouble.of(Kind.INCONCLUSIVE, "the explorer failed at " + describe(e)).because(e),
          Seen.NOTHING);
    }
    self.ended = true;
    engine.finish(self, aborting ? null : next);
  }

  /** Says who goes on after it; nobody if the run is over. */
  private SimThread livedThrough(SimThread self) {
    try {
      if (self != root) {
        self.begun = true;
        record(self);
      }
      self.body.run();
    } catch (Abandoned e) {
      // Somebody else ended the run.
    } catch (Throwable e) {
      if (!aborting) {
        threw(self, e);
      }
    }
    if (aborting || !running) {
      return null;
    }
    if (self == root) {
      running = false;
      return null;
    }
    memory.trusts(self);
    announce(self, OpKind.END, memory.life(self), true, null, false);
    SimThread next = scheduler.pick();
    if (next != self) {
      engine.transfer(self, next);
      if (aborting) {
        throw new Abandoned();
      }
    }
    record(self);
    self.ended = true;
    memory.life(self).sync = Clock.join(Clock.NONE, self.happened);
    monitors.ended(self);
    changed();
    return scheduler.pick();
  }

  private void threw(SimThread self, Throwable e) {
    boolean ours =
        e instanceof LinkageError
            && (describe(e).contains(Names.PREFIX) || describe(e).contains("explore"));
    if (e instanceof Refused || ours) {
      String sentence = ours ? "the explorer cannot run " + describe(e) : e.getMessage();
      fail(Trouble.of(Kind.INCONCLUSIVE, sentence).because(e), Seen.NOTHING);
    } else if (e instanceof StackOverflowError || self.declared) {
      String who = self == root ? "the scenario" : self.name;
      fail(
          Trouble.of(Kind.CRASH, who + " ended with " + describe(e)).because(e),
          Story.seenOf(e, this));
    } else {
      uncaught(self, e);
    }
  }

  /** A thread that the program started ends with an exception, as the JVM lets it. */
  private void uncaught(SimThread self, Throwable e) {
    self.uncaught = e;
    self.uncaughtAt = Story.seenOf(e, this);
    Thread.UncaughtExceptionHandler own = self.thread.getUncaughtExceptionHandler();
    Thread.UncaughtExceptionHandler handler =
        own == self.thread.getThreadGroup() ? defaultHandler : own;
    if (handler != null) {
      try {
        handler.uncaughtException(self.thread, e);
      } catch (Abandoned abandoned) {
        throw abandoned;
      } catch (Throwable ignored) {
        // As the JVM does.
      }
    } else if (e instanceof AssertionError) {
      String sentence = self.name + " ended with " + describe(e);
      fail(Trouble.of(Kind.CRASH, sentence).because(e), self.uncaughtAt);
    }
  }

  static String describe(Throwable e) {
    String name = Names.simple(e.getClass().getName());
    return e.getMessage() == null ? name : name + ": " + e.getMessage();
  }

  /** Ends the run, from outside a simulated thread. */
  void fail(Trouble what, Seen seen) {
    // What threads do while they are cleared away is nobody's fault.
    if (trouble == null && !aborting) {
      trouble = what.where().isPresent() ? what : what.at(seen);
    }
    running = false;
  }

  /** Ends the run here and now. */
  void stop(Trouble what) {
    SimThread self = current;
    fail(what, look(self));
    leave(self);
  }

  /** The schedule cannot be followed: nothing can be said of such a program. */
  public void diverges() {
    String place =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .filter(
                            f -> !f.getClassName().matches("(threadmill|java|jdk|explored)\\..*"))
                        .findFirst()
                        .map(f -> " at " + f.getFileName() + ":" + f.getLineNumber())
                        .orElse(""));
    fail(
        Trouble.of(
            Kind.INCONCLUSIVE,
            "the same schedule went another way the second time"
                + place
                + ": chance, a clock or a hash decides there that the explorer does not control"),
        Seen.NOTHING);
  }

  private void leave(SimThread self) {
    running = false;
    if (!aborting) {
      engine.transfer(self, null);
    }
    // What it does on its way out, in finally blocks, is its own doing, whoever ran last.
    current = self;
    if (self != root && ++self.abandonments > MOST_ABANDONMENTS) {
      while (true) {
        engine.transfer(self, null);
      }
    }
    throw new Abandoned();
  }

  public Trouble trouble() {
    return trouble;
  }

  /** A race that was seen, if any; the run goes on after it. */
  public Trouble race() {
    return race;
  }

  /** Something unexpected that is not the program's doing. */
  public Throwable accident() {
    return accident;
  }

  /** Whether the run was given up as not worth going on with. */
  public boolean isStopped() {
    return stopped;
  }

  /** Whether the run was only to learn how a loop ends; the {@link Knowledge} has changed then. */
  public boolean isTrial() {
    return scheduler.isTrial();
  }

  /** Whether the run became so long that the chooser was not asked to its end. */
  public boolean wasCut() {
    return scheduler.wasCut();
  }

  public int count() {
    return count;
  }

  public Event event(int index) {
    return events[index];
  }

  /**
   * What was never done, because somebody else keeps the monitor that it needs: as events that come
   * after all others. They race, too: had they come first, they would have been done.
   */
  public List<Event> blocked() {
    return blocked;
  }

  private void findBlocked() {
    for (SimThread thread : threads) {
      boolean takes = thread.kind == OpKind.ENTER || thread.kind == OpKind.TAKE;
      if (!thread.ended && takes && thread.first != null) {
        findBlocked(thread, thread.first, thread.second);
      }
    }
  }

  private void findBlocked(SimThread thread, Location first, Location second) {
    Event event =
        new Event(count, thread.index, thread.kind, thread.events + 1, first, true, second, false);
    event.order = Clock.copy(thread.order);
    for (Location at : second == null ? List.of(first) : List.of(first, second)) {
      Event last = at.lastWrite;
      if (last != null) {
        event.order = Clock.join(event.order, last.order);
        Order.race(last, event, thread.order);
      }
    }
    if (thread.forestalled != null) {
      Order.race(thread.forestalled, event, thread.order);
    }
    if (event.races.length > 0) {
      blocked.add(event);
    }
  }

  public List<Integer> decisions() {
    return decisions;
  }

  public List<String> threadNames() {
    return threads.stream().map(t -> t.name).toList();
  }

  public int threadCount() {
    return threads.size();
  }

  /** Whether something unusual happened in this run. */
  public boolean deviated() {
    return deviated;
  }

  /** Something changed that others may have been waiting for. */
  void changed() {
    changes++;
    current.ownChanges++;
  }

  /** How much others than this thread have changed. */
  int changesFor(SimThread thread) {
    return changes - thread.ownChanges;
  }

  long nanos() {
    return nanos;
  }

  /** The time, as the thread that runs sees it. */
  long now() {
    also(clock, false);
    return nanos;
  }

  /** A timer expires although somebody could go on. */
  void expires(long until) {
    nanos = until;
    expiries.add(new Expiry(events[count - 1], until));
  }

  /** Time passes because nobody can go on: whatever is done later comes after all that was done. */
  void passTime(long until) {
    findBlocked();
    int[] all = Clock.NONE;
    for (SimThread thread : threads) {
      all = Clock.join(all, thread.order);
    }
    for (SimThread thread : threads) {
      thread.order = Clock.join(thread.order, all);
    }
    nanos = Math.max(nanos, until);
    expiries.clear();
    moments++;
  }

  /** How often time has passed because nobody could go on. */
  public int moments() {
    return moments;
  }

  SimThread current() {
    return current;
  }

  boolean isWatching() {
    return running && silent == 0;
  }

  /** Whether the run has ended, so that its threads must go. */
  boolean isOver() {
    return !running && silent == 0;
  }

  /** Ends the run without a word, and the calling thread with it. */
  World goAway() {
    leave(current);
    return this;
  }

  long nextSeed() {
    return 0x5DEECE66DL + 1_000_003L * current.index + current.seeds++;
  }

  void refuse(String what) {
    if (silent > 0) {
      // A class initializer cannot be left half done.
      fail(Trouble.of(Kind.INCONCLUSIVE, "the explorer cannot " + what), look(current));
      throw new Refused(what);
    }
    stop(Trouble.of(Kind.INCONCLUSIVE, "the explorer cannot " + what));
  }

  /** Runs this without being watched: class initializers, conditions. */
  void silently(Runnable action) {
    silent++;
    try {
      action.run();
    } finally {
      silent--;
    }
  }

  /** What class initializers started begins, now that the scenario's own threads are known. */
  void startPending() {
    List<Thread> all = List.copyOf(pending);
    pending.clear();
    all.forEach(this::begin);
  }

  /**
   * A class initializer waits for a thread that it has started: it runs to its end here and now.
   */
  void runPending(Thread thread) {
    if (!pending.remove(thread)) {
      return;
    }
    SimThread waiting = current;
    SimThread ran = new SimThread(this, waiting.index, thread.getName(), thread, false, null);
    byThread.put(thread, ran);
    current = ran;
    try {
      thread.run();
    } catch (Refused | Abandoned e) {
      throw e;
    } catch (Throwable e) {
      ran.uncaught = e;
    } finally {
      ran.ended = true;
      current = waiting;
    }
  }

  /** An initializer of a class begins or ends; two of them may wait for each other. */
  void initializes(Class<?> type, int more) {
    silent += more;
    if (!Names.isLibrary(type.getName())) {
      initializing += more;
      if (initializing > 1 && threads.size() > 1) {
        knowledge.initializersMeet();
      }
    }
    if (silent == 0 && threads.size() > 1) {
      startPending();
    }
  }

  void rules(Rules rules) {
    switch (rules) {
      case EXACT_TIME -> exactTime = true;
      case NO_SPURIOUS_WAKE_UPS -> noSpurious = true;
      case ALL_THREADS_END -> mustEnd = true;
      default -> throw new IllegalStateException();
    }
  }

  /** What a scenario may ask for. */
  enum Rules {
    EXACT_TIME,
    NO_SPURIOUS_WAKE_UPS,
    ALL_THREADS_END
  }

  void always(String sentence, BooleanSupplier condition) {
    always.add(new Claim(sentence, condition));
  }

  SimThread add(String name, Thread thread, boolean declared, SimThread.Body body) {
    if (threads.size() == MOST_THREADS) {
      stop(Trouble.of(Kind.INCONCLUSIVE, "more than " + MOST_THREADS + " threads were started"));
    }
    SimThread added = new SimThread(this, threads.size(), name, thread, declared, body);
    threads.add(added);
    byThread.put(thread, added);
    return added;
  }

  SimThread of(Thread thread) {
    return byThread.get(thread);
  }

  List<SimThread> threads() {
    return threads;
  }

  SimThread named(String name) {
    return threads.stream()
        .filter(t -> t.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no thread is called " + name));
  }

  /** The order in which a thread begins after what this one did. */
  void fork(SimThread child) {
    child.order = Clock.join(child.order, current.order);
    child.happened = Clock.join(child.happened, current.happened);
    child.happened = Clock.set(child.happened, child.index, child.epoch);
    published(current);
  }

  void start(Thread thread) {
    if (byThread.containsKey(thread) || pending.contains(thread)) {
      throw new IllegalThreadStateException();
    }
    if (!isWatching()) {
      pending.add(thread);
      return;
    }
    step(OpKind.START, memory.life(thread), true, null, false);
    begin(thread);
  }

  private void begin(Thread thread) {
    String name =
        UNNAMED.matcher(thread.getName()).matches() ? "thread " + threads.size() : thread.getName();
    SimThread child = add(name, thread, false, thread::run);
    SimInheritedLocal.inherit(current, child);
    child.interrupted = early.remove(thread);
    fork(child);
    tell("starts ", child.name);
    changed();
  }

  /** Announces an operation, lets others go first, and returns when it is to be done. */
  void step(
      OpKind kind, Location first, boolean writesFirst, Location second, boolean writesSecond) {
    SimThread self = current;
    announce(self, kind, first, writesFirst, second, writesSecond);
    dispatch(self);
  }

  void announce(
      SimThread self,
      OpKind kind,
      Location first,
      boolean writesFirst,
      Location second,
      boolean writesSecond) {
    loops = 0;
    memory.promises().announced(self, kind);
    self.kind = kind;
    self.first = first;
    self.second = second;
    self.writesFirst = writesFirst;
    self.writesSecond = writesSecond;
    self.observed = false;
    if (story != null) {
      self.seen = story.look(this);
    }
  }

  void dispatch(SimThread self) {
    SimThread next = scheduler.pick();
    if (next != self) {
      engine.transfer(self, next);
    }
    if (aborting || !running) {
      leave(self);
    }
    record(self);
  }

  /** The scenario's last questions come after all that has happened. */
  void joinAll() {
    if (memory.promises().areOpen()) {
      goAway();
    }
    for (SimThread thread : threads) {
      root.order = Clock.join(root.order, thread.order);
      root.happened = Clock.join(root.happened, thread.happened);
    }
  }

  boolean threadsMustEnd() {
    return mustEnd;
  }

  SimThread root() {
    return root;
  }

  void checkClaims() {
    if (always.isEmpty() || !running) {
      return;
    }
    silent++;
    try {
      for (Claim claim : always) {
        if (!claim.condition().getAsBoolean()) {
          fail(Trouble.of(Kind.SAFETY, "it is not so that " + claim.sentence()), look(current));
          return;
        }
      }
    } finally {
      silent--;
    }
  }

  void record(SimThread self) {
    settle();
    if (self.isTimeUp()) {
      expiries.stream()
          .filter(expiry -> expiry.until() >= self.deadline)
          .findFirst()
          .ifPresent(expiry -> self.order = Clock.join(self.order, expiry.event().order));
    }
    self.kind = self.kind == OpKind.QUIESCENCE ? OpKind.LOOK : self.kind;
    Event event =
        new Event(
            count,
            self.index,
            self.kind,
            ++self.events,
            self.first,
            self.writesFirst,
            self.second,
            self.writesSecond);
    if (count == events.length) {
      events = Arrays.copyOf(events, count * 2);
    }
    events[count++] = event;
    self.epoch++;
    self.happened = Clock.set(self.happened, self.index, self.epoch);
    open = event;
    if (self.kind != OpKind.UPDATE) {
      settle();
    }
    if (story != null) {
      story.begin(event, self.seen);
    }
  }

  /**
   * What a thread does from now on comes after what it has just told others, and they do not know
   * of it.
   */
  void published(SimThread self) {
    self.epoch++;
    self.happened = Clock.set(self.happened, self.index, self.epoch);
  }

  /** Closes the books on the last event, now that its effect is known. */
  void settle() {
    if (open == null) {
      return;
    }
    Event event = open;
    open = null;
    SimThread self = threads.get(event.thread);
    int[] before = self.order;
    List<Event> candidates = new ArrayList<>(2);
    int[] order = Arrays.copyOf(before, Math.max(before.length, self.index + 1));
    touch(event.first, event.thread);
    touch(event.second, event.thread);
    order = Order.depend(event, event.first, event.writesFirst, before, order, candidates);
    if (event.first != null && event.first.isLock) {
      // Who locked it before may have come later, whatever was done with the lock meanwhile.
      event.races = Order.immediate(candidates);
      candidates.clear();
    }
    order = Order.depend(event, event.second, event.writesSecond, before, order, candidates);
    order[self.index] = event.number;
    event.order = order;
    self.order = Clock.copy(order);
    if (!candidates.isEmpty()) {
      event.races = Order.with(event.races, Order.immediate(candidates));
    }
    Order.note(event, event.first, event.writesFirst);
    Order.note(event, event.second, event.writesSecond);
    chooser.done(this, event);
  }

  /** What was done last depends on this as well, or changes it, by what its thread does now. */
  void also(Location at, boolean writes) {
    settle();
    Event event = count == 0 ? null : events[count - 1];
    if (event == null || event.thread != current.index || !isWatching()) {
      return;
    }
    if (at.lastWrite != event && (writes || !at.readsSince.contains(event))) {
      List<Event> candidates = new ArrayList<>(2);
      event.order = Order.depend(event, at, writes, current.order, event.order, candidates);
      if (!candidates.isEmpty()) {
        event.races = Order.with(event.races, Order.immediate(candidates));
      }
      Order.note(event, at, writes);
      comesAfter(current);
    }
    event.sees |= at.common;
    event.changes |= writes ? at.common : 0;
  }

  /** What was done last could have come before what forestalled it. */
  void alsoForestalled(SimThread self, int[] before) {
    if (self.forestalled != null) {
      Order.race(self.forestalled, last(), before);
      self.forestalled = null;
    }
  }

  Event last() {
    settle();
    return events[count - 1];
  }

  /**
   * What was done last, and what its thread does from now on, comes after all that one has done.
   */
  void comesAfter(SimThread other) {
    Event event = events[count - 1];
    event.order = Clock.join(event.order, other.order);
    current.order = Clock.join(current.order, event.order);
  }

  private void touch(Location at, int thread) {
    if (at != null) {
      knowledge.touch(at.key, thread);
    }
  }

  /** Whether a thread's next operation could change places with an event. */
  public boolean isIndependent(Event event, int thread) {
    SimThread other = threads.get(thread);
    return event.thread != thread
        && event.kind != OpKind.UNTIL
        && !(event.kind == OpKind.NOTIFY && other.notified)
        && !other.isReachedBy(event)
        && !Order.conflict(event.first, event.writesFirst, other)
        && !Order.conflict(event.second, event.writesSecond, other)
        && other.kind != OpKind.UNTIL
        && other.kind != OpKind.MEET;
  }

  /** Whether others have been seen where that thread is about to go. */
  public boolean mayConflict(int thread) {
    SimThread next = threads.get(thread);
    if (next.kind == OpKind.EXIT && !knowledge.areLocksTried()) {
      return false;
    }
    return next.first == null
        || knowledge.isShared(next.first.key)
        || next.second != null && knowledge.isShared(next.second.key);
  }

  /** Whether the scenario itself has just lined threads up, so that any of them may go on. */
  public boolean isLinedUp() {
    return count > 0
        && (events[count - 1].kind == OpKind.UNTIL || events[count - 1].kind == OpKind.MEET);
  }

  /** Whether a thread has just tried in vain, so that others should go first. */
  public boolean isTired(int thread) {
    return threads.get(thread).tired;
  }

  /** Whether something unusual could have happened that was not allowed to. */
  public boolean wasRationed() {
    return rationed;
  }

  /** One of several things happens; what is unusual is rationed. */
  int choose(int alternatives) {
    if (deviations == 0 || alternatives < 2) {
      rationed |= alternatives > 1;
      return 0;
    }
    int chosen = pickAlternative(alternatives);
    if (chosen > 0) {
      deviations--;
      deviated = true;
    }
    return chosen;
  }

  int pickAlternative(int alternatives) {
    int chosen = chooser.choose(this, alternatives);
    decisions.add(chosen);
    return chosen;
  }

  /** A loop went round; one that does nothing visible must not go on for ever. */
  void loop() {
    if (++loops > MOST_LOOPS) {
      loops = 0;
      stop(
          Trouble.of(
              Kind.LIVELOCK,
              current.name
                  + " loops for ever: what it looks at in the loop cannot be changed by anybody"));
    }
  }

  void quiesce() {
    step(OpKind.QUIESCENCE, null, false, null, false);
  }

  void tell(String what) {
    if (isTold()) {
      story.tell(what);
    }
  }

  /** The same of something with a name; words cost time, so they are put together only if told. */
  void tell(String what, String name) {
    if (isTold()) {
      story.tell(what + name);
    }
  }

  void tellValue(String what, Location at, Object value) {
    if (isTold()) {
      story.tell(what + at.name + ": " + Names.value(value));
    }
  }

  void tellChange(Location at, Object old, Object value) {
    if (isTold()) {
      story.tell(Story.change(at.name, old, value));
    }
  }

  private boolean isTold() {
    return story != null && isWatching();
  }

  Seen look(SimThread thread) {
    if (story == null) {
      return Seen.NOTHING;
    }
    return thread == current && running && !thread.ended ? story.look(this) : thread.seen;
  }

  void accident(Throwable e) {
    if (accident == null) {
      accident = e;
    }
  }
}
