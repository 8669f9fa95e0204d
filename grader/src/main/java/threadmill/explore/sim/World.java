package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import threadmill.model.Kind;

/**
 * One run of a scenario: its threads, its memory, its clock, and what happened. At any moment one
 * simulated thread runs; before each visible operation it asks the {@link Chooser} who is next.
 */
public final class World {
  private static final int MOST_THREADS = 60;
  private static final int MOST_EVENTS = 20_000;
  private static final int CALM_AFTER = 4_000;
  private static final int CALM_STRETCH = 257;
  private static final int MOST_IDLE = 3_000;
  private static final int TURN = 64;
  private static final int HOPELESS = 1_500;
  private static final int MOST_POLLS = 200;
  private static final int BUSY_POLLS = 20;
  private static final int PATIENT = 16;
  private static final int REREADS = 2;
  private static final int ROUNDS = 20;
  private static final int MOST_VERSIONS = 8;
  private static final int MOST_LOOPS = 3_000_000;
  private static final int MOST_ABANDONMENTS = 200;
  private static final long MILLISECOND = 1_000_000;
  private static final int LOCK_KEY = -2;
  private static final int WAIT_KEY = -3;
  private static final int PERMIT_KEY = -4;
  private static final int FLAG_KEY = -5;
  private static final int LIFE_KEY = -6;
  private static final int FENCE_KEY = -7;
  private static final int ELEMENT_KEY = 1 << 20;
  private static final int[] NO_CLOCK = {};

  final Knowledge knowledge;
  final Chooser chooser;
  final Engine engine;
  final Story story;
  private final List<SimThread> threads = new ArrayList<>();
  private final Map<Thread, SimThread> byThread = new IdentityHashMap<>();
  private final Map<Object, Shadow> shadows = new IdentityHashMap<>();
  private final Map<Integer, Location> statics = new java.util.HashMap<>();
  private final Map<String, Location> special = new java.util.HashMap<>();
  private final List<Claim> always = new ArrayList<>();
  private final List<Integer> decisions = new ArrayList<>();
  private final Location fence = new Location(0, FENCE_KEY, "memory", false);
  private Event[] events = new Event[128];
  private int count;
  private int ids;
  private int changes;
  private long nanos;
  private int idle;
  private int loops;
  private int deviations;
  private SimThread current;
  private SimThread root;
  private boolean running;
  private boolean aborting;
  private int silent;
  private Trouble trouble;
  private Trouble race;
  private Throwable accident;
  private Event open;
  private Location reading;
  private boolean weakRead;
  private boolean readTraced;
  private boolean acquires;
  private boolean coherent;
  private int updating;
  private Supplier<Object> peeking;
  private Object before;
  private long seeds;
  private boolean exactTime;
  private boolean noSpurious;
  private boolean mustEnd;
  private boolean stopped;
  private boolean deviated;

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

  // ---- the run as a whole

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
      aborting = true;
      for (SimThread thread : threads) {
        if (thread.begun && !thread.ended) {
          current = thread;
          engine.abandon(thread);
        }
      }
    } finally {
      Hooks.leave();
    }
  }

  /** The life of a simulated thread, on whatever the engine runs it. */
  void live(SimThread self) {
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
      self.ended = true;
      engine.finish(self, null);
      return;
    }
    if (self == root) {
      self.ended = true;
      running = false;
      engine.finish(self, null);
      return;
    }
    SimThread next = null;
    try {
      announce(self, OpKind.END, life(self), true, null, false);
      next = pick();
      if (next != self) {
        engine.transfer(self, next);
        if (aborting) {
          throw new Abandoned();
        }
      }
      record(self);
      self.ended = true;
      life(self).sync = Clock.join(NO_CLOCK, self.happened);
      changed();
      next = pick();
    } catch (Abandoned e) {
      self.ended = true;
    }
    engine.finish(self, aborting ? null : next);
  }

  private void threw(SimThread self, Throwable e) {
    boolean ours =
        e instanceof LinkageError
            && (describe(e).contains(Names.PREFIX) || describe(e).contains("explore"));
    if (e instanceof Refused || ours) {
      String sentence = ours ? "the explorer cannot run " + describe(e) : e.getMessage();
      trouble = Trouble.of(Kind.INCONCLUSIVE, sentence).because(e);
      running = false;
    } else if (e instanceof StackOverflowError || self.declared) {
      String who = self == root ? "the scenario" : self.name;
      fail(Trouble.of(Kind.CRASH, who + " ended with " + describe(e)).because(e), Story.seenOf(e, this));
    } else {
      self.uncaught = e;
      Thread.UncaughtExceptionHandler handler = self.thread.getUncaughtExceptionHandler();
      if (handler != null && handler != self.thread.getThreadGroup()) {
        try {
          handler.uncaughtException(self.thread, e);
        } catch (Abandoned abandoned) {
          throw abandoned;
        } catch (Throwable ignored) {
          // As the JVM does.
        }
      }
    }
  }

  static String describe(Throwable e) {
    String name = Names.simple(e.getClass().getName());
    return e.getMessage() == null ? name : name + ": " + e.getMessage();
  }

  /** Ends the run, from outside a simulated thread. */
  private void fail(Trouble what, Seen seen) {
    if (trouble == null) {
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

  private void leave(SimThread self) {
    running = false;
    if (!aborting) {
      engine.transfer(self, null);
    }
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

  public int count() {
    return count;
  }

  public Event event(int index) {
    return events[index];
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
  private void changed() {
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

  /** Ends the calling thread. */
  World goAway() {
    leave(current);
    return this;
  }

  long nextSeed() {
    return 0x5DEECE66DL + seeds++;
  }

  void refuse(String what) {
    stop(Trouble.of(Kind.INCONCLUSIVE, "the explorer cannot control " + what));
  }

  /** A read whose value cannot be another one. */
  void forget(Object value) {
    weakRead = false;
    acquires = false;
    if (reading != null && story != null) {
      readValue(value);
    }
    reading = null;
  }

  void forget() {
    reading = null;
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

  void silence(int by) {
    silent += by;
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

  // ---- threads

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
  }

  void start(Thread thread) {
    if (byThread.containsKey(thread)) {
      throw new IllegalThreadStateException();
    }
    if (isWatching()) {
      step(OpKind.START, special(thread, LIFE_KEY, thread.getName()), true, null, false);
    }
    String name =
        thread.getName().matches("Thread-\\d+") ? "thread " + threads.size() : thread.getName();
    SimThread child = add(name, thread, false, thread::run);
    fork(child);
    tell("starts " + child.name);
    changed();
  }

  // ---- scheduling

  /** Announces an operation, lets others go first, and returns when it is to be done. */
  void step(OpKind kind, Location first, boolean writesFirst, Location second, boolean writesSecond) {
    SimThread self = current;
    announce(self, kind, first, writesFirst, second, writesSecond);
    dispatch(self);
  }

  private void announce(
      SimThread self,
      OpKind kind,
      Location first,
      boolean writesFirst,
      Location second,
      boolean writesSecond) {
    loops = 0;
    self.kind = kind;
    self.first = first;
    self.second = second;
    self.writesFirst = writesFirst;
    self.writesSecond = writesSecond;
    if (story != null) {
      self.seen = story.look(this);
    }
  }

  private void dispatch(SimThread self) {
    SimThread next = pick();
    if (next != self) {
      engine.transfer(self, next);
    }
    if (aborting || !running) {
      leave(self);
    }
    record(self);
  }

  /** Who goes next; null if the run is over. Sets {@link #current}. */
  private SimThread pick() {
    settle();
    checkClaims();
    while (running) {
      long enabled = 0;
      long yielding = 0;
      for (int i = 0; i < threads.size(); i++) {
        SimThread thread = threads.get(i);
        if (thread.ended || !thread.isEnabled()) {
          continue;
        }
        if (thread.isYielding()) {
          yielding |= thread.bit();
        } else {
          enabled |= thread.bit();
        }
      }
      if (enabled == 0 && yielding != 0) {
        enabled = spin(yielding);
      } else if (enabled != 0) {
        idle = 0;
      }
      if (!running) {
        return null;
      }
      if (enabled != 0) {
        if (count >= MOST_EVENTS) {
          fail(livelock(), Seen.NOTHING);
          return null;
        }
        if (count >= CALM_AFTER) {
          current = calm(enabled);
          current.tired = false;
          return current;
        }
        int chosen = chooser.next(this, enabled, current.index);
        if (chosen == Chooser.STOP) {
          stopped = true;
          running = false;
          return null;
        }
        if (Long.bitCount(enabled) > 1) {
          decisions.add(chosen);
        }
        current = threads.get(chosen);
        current.tired = false;
        return current;
      }
      if (!passTime()) {
        return quiescent();
      }
    }
    return null;
  }

  /**
   * Who goes on in a run that has become long: the same thread unless it has tried in vain, and not
   * for ever. If even this does not come to an end, it is no fault of the schedule.
   */
  private SimThread calm(long enabled) {
    boolean stays =
        (enabled & current.bit()) != 0 && !current.tired && count % CALM_STRETCH != 0;
    for (int i = stays ? 0 : 1; i <= threads.size(); i++) {
      SimThread next = threads.get((current.index + i) % threads.size());
      if ((enabled & next.bit()) != 0) {
        return next;
      }
    }
    throw new IllegalStateException();
  }

  /** Everybody who could go on has stepped back: time passes, and nobody may be left to move. */
  private long spin(long yielding) {
    idle++;
    if (idle > MOST_IDLE) {
      SimThread spinner = threads.get(Long.numberOfTrailingZeros(yielding));
      if (spinner.stale != null) {
        fail(
            Trouble.of(
                Kind.RACE,
                spinner.name
                    + " may loop for ever: it can go on seeing an old value of "
                    + spinner.stale
                    + ", because nothing orders its reads after the write"),
            look(spinner));
        return 0;
      }
      fail(
          Trouble.of(
              Kind.LIVELOCK,
              spinner.name
                  + " loops for ever: it waits for something to change, and nobody is left who would"
                  + " change it"),
          look(spinner));
      return 0;
    }
    for (SimThread thread : threads) {
      if (idle > BUSY_POLLS && (yielding & thread.bit()) != 0 && watchedFor(thread) != null) {
        fail(busy(thread, "spins"), look(thread));
        return 0;
      }
    }
    boolean looksAtClock = false;
    for (SimThread thread : threads) {
      looksAtClock |= (yielding & thread.bit()) != 0 && thread.kind == OpKind.TIME;
    }
    if (looksAtClock || idle % PATIENT == 0) {
      if (!passTime() && looksAtClock) {
        nanos += MILLISECOND;
      }
    }
    // One after the other, so that none of them keeps the rest from moving.
    int start = idle / TURN % threads.size();
    for (int i = 0; i < threads.size(); i++) {
      int index = (start + i) % threads.size();
      if ((yielding & 1L << index) != 0) {
        return 1L << index;
      }
    }
    return yielding;
  }

  private Trouble livelock() {
    return Trouble.of(
        Kind.LIVELOCK,
        "everybody moves and nobody gets anywhere: after "
            + MOST_EVENTS
            + " operations the same steps repeat");
  }

  /** Moves the clock to the next deadline, if there is one. */
  private boolean passTime() {
    long next = SimThread.NEVER;
    SimThread first = null;
    for (SimThread thread : threads) {
      if (thread.begun && !thread.ended && thread.deadline < next && !thread.isEnabled()) {
        next = thread.deadline;
        first = thread;
      }
    }
    if (first == null) {
      return false;
    }
    if (first.pollsAt != changesFor(first)) {
      first.pollsAt = changesFor(first);
      first.polls = 0;
    }
    first.polls++;
    if (first.polls > BUSY_POLLS && watchedFor(first) != null) {
      fail(busy(first, "polls: it wakes up again and again to look"), look(first));
      return true;
    }
    if (first.polls > MOST_POLLS) {
      return false;
    }
    nanos = Math.max(nanos, next);
    return true;
  }

  private Trouble busy(SimThread who, String how) {
    return Trouble.of(
        Kind.BUSY, who.name + " " + how + ", while it should sleep until it is woken");
  }

  /** Who waits for that thread to sleep. */
  private SimThread watchedFor(SimThread watched) {
    for (SimThread thread : threads) {
      if (thread.kind == OpKind.UNTIL && thread.strict && thread.target == watched) {
        return thread;
      }
    }
    return null;
  }

  /** Nobody can move. Either the scenario goes on with its last questions, or somebody is stuck. */
  private SimThread quiescent() {
    if (root.kind != OpKind.QUIESCENCE || root.ended) {
      Stuck.of(this).ifPresent(t -> fail(t, Seen.NOTHING));
      running = false;
      return null;
    }
    Optional<Trouble> stuck = Stuck.of(this);
    if (stuck.isPresent()) {
      fail(stuck.get(), Seen.NOTHING);
      return null;
    }
    root.kind = OpKind.LOOK;
    current = root;
    return root;
  }

  /** The scenario's last questions come after all that has happened. */
  void joinAll() {
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

  private void checkClaims() {
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

  // ---- what happened

  private void record(SimThread self) {
    settle();
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

  /** Closes the books on the last event, now that its effect is known. */
  private void settle() {
    if (open == null) {
      return;
    }
    Event event = open;
    open = null;
    SimThread self = threads.get(event.thread);
    int[] before = self.order;
    List<Event> candidates = new ArrayList<>(2);
    int[] order = Arrays.copyOf(before, Math.max(before.length, self.index + 1));
    order = depend(event, event.first, event.writesFirst, before, order, candidates);
    order = depend(event, event.second, event.writesSecond, before, order, candidates);
    order[self.index] = event.number;
    event.order = order;
    self.order = order.clone();
    if (!candidates.isEmpty()) {
      event.races = immediate(candidates);
    }
    note(event, event.first, event.writesFirst);
    note(event, event.second, event.writesSecond);
    chooser.done(this, event);
  }

  private int[] depend(
      Event event, Location at, boolean writes, int[] before, int[] order, List<Event> candidates) {
    if (at == null) {
      return order;
    }
    knowledge.touch(at.key, event.thread);
    int[] result = order;
    if (at.isLock) {
      if (event.kind == OpKind.ENTER && at.lastWrite != null) {
        consider(at.lastWrite, event, before, candidates);
        result = Clock.join(result, at.lastWrite.order);
      }
      return Clock.join(result, at.released);
    }
    if (writes) {
      for (Event read : at.readsSince) {
        consider(read, event, before, candidates);
        result = Clock.join(result, read.order);
      }
    }
    if (at.lastWrite != null) {
      consider(at.lastWrite, event, before, candidates);
      result = Clock.join(result, at.lastWrite.order);
    }
    return result;
  }

  private static void consider(Event earlier, Event event, int[] before, List<Event> candidates) {
    if (earlier.thread != event.thread
        && Clock.at(before, earlier.thread) < earlier.number
        && !candidates.contains(earlier)) {
      candidates.add(earlier);
    }
  }

  /** Those candidates that no other candidate comes after. */
  private static int[] immediate(List<Event> candidates) {
    int[] result = new int[candidates.size()];
    int size = 0;
    for (Event event : candidates) {
      boolean last = true;
      for (Event other : candidates) {
        last &= other == event || !other.isAfter(event.thread, event.number);
      }
      if (last) {
        result[size++] = event.index;
      }
    }
    return Arrays.copyOf(result, size);
  }

  private static void note(Event event, Location at, boolean writes) {
    if (at == null) {
      return;
    }
    if (at.isLock) {
      if (event.kind == OpKind.ENTER) {
        at.lastWrite = event;
      } else {
        at.released = event.order;
      }
    } else if (writes) {
      at.lastWrite = event;
      at.readsSince.clear();
    } else {
      at.readsSince.removeIf(e -> e.thread == event.thread);
      at.readsSince.add(event);
    }
  }

  /** Whether a thread's next operation could change places with an event. */
  public boolean isIndependent(Event event, int thread) {
    SimThread other = threads.get(thread);
    return event.thread != thread
        && !(event.kind == OpKind.NOTIFY && other.notified)
        && !conflict(event.first, event.writesFirst, other)
        && !conflict(event.second, event.writesSecond, other)
        && other.kind != OpKind.UNTIL
        && other.kind != OpKind.MEET;
  }

  private static boolean conflict(Location at, boolean writes, SimThread other) {
    return at != null
        && (at == other.first && (writes || other.writesFirst)
            || at == other.second && (writes || other.writesSecond));
  }

  /** Whether others have been seen where that thread is about to go. */
  public boolean mayConflict(int thread) {
    SimThread next = threads.get(thread);
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

  // ---- choices

  /** One of several things happens; what is unusual is rationed. */
  private int choose(int alternatives) {
    if (deviations == 0 || alternatives < 2) {
      return 0;
    }
    int chosen = pickAlternative(alternatives);
    if (chosen > 0) {
      deviations--;
      deviated = true;
    }
    return chosen;
  }

  private int pickAlternative(int alternatives) {
    int chosen = chooser.choose(this, alternatives);
    decisions.add(chosen);
    return chosen;
  }

  /** How a wait may end by itself: 0 not, 1 without a reason, 2 because its time is over. */
  private int early(boolean timed) {
    boolean expires = timed && !exactTime;
    if (noSpurious) {
      return expires && choose(2) == 1 ? 2 : 0;
    }
    return choose(expires ? 3 : 2);
  }

  private void expire(SimThread self) {
    if (self.early == 2 && self.deadline > nanos) {
      nanos = self.deadline;
      changed();
    }
  }

  private long deadline(long waitNanos) {
    long end = nanos + waitNanos;
    return end < 0 ? SimThread.NEVER - 1 : end;
  }

  // ---- memory

  Shadow shadow(Object object) {
    if (object instanceof Tracked tracked) {
      Object found = tracked.threadmill$shadow();
      if (found instanceof Shadow shadow && shadow.world == this) {
        return shadow;
      }
      Shadow made = new Shadow(this, ++ids);
      tracked.threadmill$shadow(made);
      return made;
    }
    Shadow found = shadows.get(object);
    if (found == null) {
      found = new Shadow(this, ++ids);
      shadows.put(object, found);
    }
    return found;
  }

  /** A number that is the same in every run with this schedule. */
  int identity(Object object) {
    return object == null ? 0 : shadow(object).id * 0x9E3779B1 >>> 1;
  }

  private Location place(Object object, int field) {
    if (object == null) {
      return statics.computeIfAbsent(
          field, f -> new Location(++ids, f, Fields.of(f).name(), false));
    }
    Shadow shadow = shadow(object);
    Location found = shadow.place(field);
    return found != null
        ? found
        : shadow.add(field, new Location(++ids, field, nameOf(field), false));
  }

  private static String nameOf(int field) {
    Fields.Field known = Fields.of(field);
    return known.library() ? Names.simple(known.owner()) : known.name();
  }

  private Location element(Object array, int index) {
    Shadow shadow = shadow(array);
    Location found = shadow.place(index);
    if (found != null) {
      return found;
    }
    int key = ELEMENT_KEY + Math.abs(array.getClass().getName().hashCode() % ELEMENT_KEY);
    return shadow.add(index, new Location(++ids, key, "element [" + index + "]", false));
  }

  private Location special(Object object, int key, String name) {
    Shadow shadow = shadow(object);
    Location found = shadow.place(key);
    return found != null ? found : shadow.add(key, new Location(++ids, key, name, false));
  }

  Location life(SimThread thread) {
    return special(thread.thread, LIFE_KEY, thread.name);
  }

  private Location permit(SimThread thread) {
    return special(thread.thread, PERMIT_KEY, "the permit of " + thread.name);
  }

  private Location flag(SimThread thread) {
    return special(thread.thread, FLAG_KEY, "the interrupt of " + thread.name);
  }

  Location special(String name) {
    return special.computeIfAbsent(name, n -> new Location(++ids, FENCE_KEY, n, false));
  }

  // Plain and volatile accesses by name.

  void read(Object object, int number) {
    Fields.Field field = Fields.of(number);
    if (field.isVolatile()) {
      volatileRead(place(object, number));
    } else if (field.checked()) {
      plainRead(place(object, number));
    }
  }

  void write(Object object, Object old, Object value, int number) {
    Fields.Field field = Fields.of(number);
    if (field.isVolatile()) {
      volatileWrite(place(object, number), old, value);
    } else if (field.checked()) {
      plainWrite(place(object, number), old, value);
    }
  }

  void readElement(Object array, int index, boolean checked) {
    if (checked) {
      plainRead(element(array, index));
    }
  }

  void writeElement(Object array, int index, Object old, Object value, boolean checked) {
    if (checked) {
      plainWrite(element(array, index), old, value);
    }
  }

  void plainRead(Location at) {
    SimThread self = current;
    boolean visible = knowledge.isRacy(at.key);
    boolean spinning = spins(self, at);
    if (visible || spinning) {
      step(OpKind.READ, at, false, null, false);
    }
    conflictsWithRead(at, self, true);
    again(self, at);
    reading = at;
    weakRead = visible;
    readTraced = visible;
    acquires = false;
    coherent = false;
  }

  void plainWrite(Location at, Object old, Object value) {
    SimThread self = current;
    if (knowledge.isRacy(at.key)) {
      step(OpKind.WRITE, at, true, null, false);
      tell(Story.change(at.name, old, value));
    }
    conflictsWithWrite(at, self, true);
    remember(at, self, old, value, null);
    at.writer = self.index;
    at.writeEpoch = self.epoch;
    at.plainWrite = true;
    at.writeSeen = story == null ? null : story.look(this);
    at.sync = null;
    changed();
  }

  /** Looks for a race of this read and remembers it. Two accesses race if one of them is plain. */
  private void conflictsWithRead(Location at, SimThread self, boolean plain) {
    if (at.writer >= 0
        && at.writer != self.index
        && (plain || at.plainWrite)
        && Clock.at(self.happened, at.writer) < at.writeEpoch) {
      race(at, at.writeSeen, true, self, false);
    }
    int size = at.readEpochs == null ? 0 : at.readEpochs.length;
    if (size <= self.index) {
      at.readEpochs = Arrays.copyOf(size == 0 ? NO_CLOCK : at.readEpochs, self.index + 4);
    }
    at.readEpochs[self.index] = self.epoch;
    if (plain) {
      at.plainReaders |= 1L << self.index;
    } else {
      at.plainReaders &= ~(1L << self.index);
    }
    if (story != null) {
      size = at.readSeen == null ? 0 : at.readSeen.length;
      if (size <= self.index) {
        at.readSeen =
            size == 0 ? new Seen[self.index + 4] : Arrays.copyOf(at.readSeen, self.index + 4);
      }
      at.readSeen[self.index] = self.seen;
    }
  }

  private void conflictsWithWrite(Location at, SimThread self, boolean plain) {
    if (at.writer >= 0
        && at.writer != self.index
        && (plain || at.plainWrite)
        && Clock.at(self.happened, at.writer) < at.writeEpoch) {
      race(at, at.writeSeen, true, self, true);
    }
    if (at.readEpochs != null) {
      for (int i = 0; i < at.readEpochs.length; i++) {
        if (i != self.index
            && at.readEpochs[i] > 0
            && (plain || (at.plainReaders & 1L << i) != 0)
            && Clock.at(self.happened, i) < at.readEpochs[i]) {
          race(at, at.readSeen == null ? null : at.readSeen[i], false, self, true);
        }
      }
    }
  }

  private void race(Location at, Seen earlier, boolean wrote, SimThread self, boolean writes) {
    knowledge.race(at.key);
    if (race != null) {
      return;
    }
    Trouble found =
        Trouble.of(
            Kind.RACE,
            "two threads use "
                + at.name
                + " at the same time and nothing orders them: one "
                + (wrote ? "writes" : "reads")
                + ", the other "
                + (writes ? "writes" : "reads"));
    if (story != null) {
      Seen here = story.look(this);
      found = Races.describe(at.name, earlier, wrote, here, writes).at(here);
    }
    race = found;
  }

  void volatileRead(Location at) {
    SimThread self = current;
    spins(self, at);
    step(OpKind.READ, at, false, null, false);
    conflictsWithRead(at, self, false);
    acquire(at);
    again(self, at);
    reading = at;
    weakRead = false;
    readTraced = true;
    acquires = false;
    coherent = true;
  }

  void volatileWrite(Location at, Object old, Object value) {
    SimThread self = current;
    step(OpKind.WRITE, at, true, null, false);
    tell(Story.change(at.name, old, value));
    conflictsWithWrite(at, self, false);
    at.sync = Clock.join(at.sync == null ? NO_CLOCK : at.sync, self.happened);
    remember(at, self, old, value, at.sync);
    at.writer = self.index;
    at.writeEpoch = self.epoch;
    at.plainWrite = false;
    at.writeSeen = story == null ? null : self.seen;
    changed();
  }

  private void acquire(Location at) {
    current.happened = Clock.join(current.happened, at.sync);
  }

  /**
   * Whether a thread comes back to a place in a loop: it looks again although nothing at all has
   * changed, or for the umpteenth time although nobody else has changed anything. It steps back
   * until somebody has (fair stateless search; Musuvathi &amp; Qadeer, PLDI 2008).
   */
  private boolean spins(SimThread self, Location at) {
    Location.Visits visits = at.visits(self.index);
    boolean spinning =
        visits.changes == changes && visits.again >= REREADS
            || visits.others == changesFor(self) && visits.rounds >= ROUNDS;
    if (spinning) {
      self.yieldedAt = changesFor(self);
    }
    return spinning;
  }

  private void again(SimThread self, Location at) {
    Location.Visits visits = at.visits(self.index);
    visits.again = visits.changes == changes ? visits.again + 1 : 0;
    visits.changes = changes;
    visits.rounds = visits.others == changesFor(self) ? visits.rounds + 1 : 0;
    visits.others = changesFor(self);
  }

  private void remember(Location at, SimThread self, Object old, Object value, int[] released) {
    if (!knowledge.isRacy(at.key) && !knowledge.isWeak(at.key)) {
      return;
    }
    if (at.versions == null) {
      at.versions = new ArrayList<>(4);
      at.versions.add(new Location.Version(old, -1, 0, NO_CLOCK, null, null));
    }
    if (at.versions.size() == MOST_VERSIONS) {
      at.versions.remove(0);
    }
    Seen seen = story == null ? null : look(self);
    int[] copy = released == null ? null : released.clone();
    Location.Version version =
        new Location.Version(value, self.index, self.epoch, self.happened.clone(), copy, seen);
    at.versions.add(version);
    at.visits(self.index).floor = version;
  }

  /**
   * What a read gives: the newest value, or an older one that happens-before consistency allows (JLS
   * 17.4.5).
   */
  Object readValue(Object newest) {
    Location at = reading;
    reading = null;
    if (at == null) {
      return newest;
    }
    Location.Version version =
        weakRead && at.versions != null ? visibleVersion(at) : null;
    if (acquires) {
      current.happened =
          Clock.join(current.happened, version == null ? at.sync : version.released());
    }
    if (coherent && at.versions != null) {
      at.visits(current.index).floor =
          version == null ? at.versions.get(at.versions.size() - 1) : version;
    }
    Object value = version == null ? newest : version.value();
    if (readTraced && story != null) {
      String old = version == null ? "" : ", an old value: nothing orders this read after the write";
      story.tell("reads " + at.name + ": " + Names.value(value) + old);
    }
    return value;
  }

  boolean wantsReadValue() {
    return reading != null && (acquires || weakRead && reading.versions != null || story != null);
  }

  /** The older write that this read sees, or null for the newest. What was chosen once, stays. */
  private Location.Version visibleVersion(Location at) {
    SimThread self = current;
    Location.Visits visits = at.visits(self.index);
    // A plain read may be hoisted out of a loop; an opaque or stronger one sees the write in time.
    if (!coherent && visits.stale != null && isVisible(at, visits.stale, self)) {
      return visits.stale;
    }
    visits.stale = null;
    self.stale = null;
    List<Location.Version> older = new ArrayList<>(2);
    for (int i = at.versions.size() - 2; i >= 0; i--) {
      Location.Version version = at.versions.get(i);
      if (isVisible(at, version, self)) {
        older.add(version);
      }
      if (coherent && version == visits.floor) {
        break;
      }
    }
    if (coherent && visits.floor == at.versions.get(at.versions.size() - 1)) {
      older.clear();
    }
    int chosen = older.isEmpty() ? 0 : choose(older.size() + 1);
    visits.stale = chosen == 0 ? null : older.get(chosen - 1);
    self.stale = chosen == 0 || coherent ? null : at.name;
    return visits.stale;
  }

  /** No later write happens-before this thread's read and after this version. */
  private static boolean isVisible(Location at, Location.Version version, SimThread self) {
    int from = at.versions.indexOf(version);
    for (int i = from + 1; i < at.versions.size(); i++) {
      Location.Version later = at.versions.get(i);
      boolean after =
          version.thread() < 0 || Clock.at(later.before(), version.thread()) >= version.epoch();
      boolean before = Clock.at(self.happened, later.thread()) >= later.epoch();
      if (after && before) {
        return false;
      }
    }
    return from >= 0;
  }

  // Accesses through VarHandles and the JDK's own Unsafe.

  /** How strong an access is. */
  enum Mode {
    PLAIN,
    OPAQUE,
    ACQUIRE_RELEASE,
    VOLATILE
  }

  Location at(Object object, int field) {
    return place(object, field);
  }

  Location at(Object array, long index) {
    return element(array, (int) index);
  }

  void read(Location at, Mode mode) {
    switch (mode) {
      case PLAIN -> plainRead(at);
      case VOLATILE -> volatileRead(at);
      default -> {
        SimThread self = current;
        knowledge.weak(at.key);
        spins(self, at);
        step(OpKind.READ, at, false, null, false);
        conflictsWithRead(at, self, false);
        again(self, at);
        reading = at;
        readTraced = true;
        weakRead = true;
        acquires = mode == Mode.ACQUIRE_RELEASE;
        coherent = true;
      }
    }
  }

  void write(Location at, Mode mode, Object old, Object value) {
    switch (mode) {
      case PLAIN -> plainWrite(at, old, value);
      case VOLATILE -> volatileWrite(at, old, value);
      default -> {
        SimThread self = current;
        knowledge.weak(at.key);
        step(OpKind.WRITE, at, true, null, false);
        tell(Story.change(at.name, old, value));
        conflictsWithWrite(at, self, false);
        at.sync =
            mode == Mode.ACQUIRE_RELEASE ? Clock.join(NO_CLOCK, self.happened) : null;
        remember(at, self, old, value, at.sync);
        at.writer = self.index;
        at.writeEpoch = self.epoch;
        at.plainWrite = false;
        changed();
      }
    }
  }

  /** Before an atomic update; {@link #updated} tells how it went. */
  void update(Location at, int access, Supplier<Object> peek) {
    Location.Visits visits = at.visits(current.index);
    if (visits.failed == changesFor(current) && visits.failures >= 1) {
      current.yieldedAt = changesFor(current);
    }
    step(OpKind.UPDATE, at, true, null, false);
    updating = access;
    peeking = peek;
    before = wantsValues(at) ? peek.get() : null;
  }

  /** Whether a weak compare-and-set fails this time although it could succeed. */
  boolean weaklyFails() {
    return choose(2) == 1;
  }

  boolean wantsValues(Location at) {
    return story != null || knowledge.isWeak(at.key) || knowledge.isRacy(at.key);
  }

  /** After an atomic update. A failed one has only read, and its thread lets others go first. */
  void updated(boolean done) {
    Event event = open;
    if (event == null || event.kind != OpKind.UPDATE) {
      return;
    }
    Location at = event.first;
    SimThread self = current;
    Object after = wantsValues(at) ? peeking.get() : null;
    conflictsWithRead(at, self, false);
    if (Access.acquires(updating) || !done) {
      acquire(at);
    }
    if (done) {
      conflictsWithWrite(at, self, false);
      if (Access.releases(updating)) {
        at.sync = Clock.join(at.sync == null ? NO_CLOCK : at.sync.clone(), self.happened);
      }
      remember(at, self, before, after, at.sync);
      at.writer = self.index;
      at.writeEpoch = self.epoch;
      at.plainWrite = false;
      at.writeSeen = story == null ? null : self.seen;
      changed();
      tell(Story.change(at.name, before, after));
    } else {
      event.writesFirst = false;
      self.tired = true;
      Location.Visits visits = at.visits(self.index);
      visits.failures = visits.failed == changesFor(self) ? visits.failures + 1 : 1;
      visits.failed = changesFor(self);
      tell("finds " + at.name + ": " + Names.value(after));
    }
    peeking = null;
    settle();
  }

  void fence(boolean full) {
    step(OpKind.FENCE, fence, true, null, false);
    if (full) {
      current.happened = Clock.join(current.happened, fence.sync);
      fence.sync = Clock.join(NO_CLOCK, current.happened);
    }
    tell("fence");
  }

  // ---- monitors

  private Monitor monitor(Object object) {
    Shadow shadow = shadow(object);
    if (shadow.monitor == null) {
      String name =
          object instanceof Class<?> c
              ? "the class " + Names.simple(c.getName())
              : Names.value(object).replaceFirst("^an? ", "the ");
      shadow.monitor =
          new Monitor(
              new Location(++ids, LOCK_KEY, name, true),
              new Location(++ids, WAIT_KEY, name, false),
              name);
    }
    return shadow.monitor;
  }

  void enter(Object object) {
    SimThread self = current;
    Monitor monitor = monitor(object);
    if (monitor.owner == self) {
      monitor.entries++;
      return;
    }
    self.monitor = monitor;
    step(OpKind.ENTER, monitor.lock, true, null, false);
    own(self, monitor, 1);
    tell("enters " + monitor.name);
  }

  private void own(SimThread self, Monitor monitor, int entries) {
    monitor.owner = self;
    monitor.entries = entries;
    monitor.enteredAt = self.seen;
    self.happened = Clock.join(self.happened, monitor.released);
    changed();
  }

  void exit(Object object) {
    SimThread self = current;
    Monitor monitor = monitor(object);
    if (monitor.owner != self) {
      throw new IllegalMonitorStateException();
    }
    if (--monitor.entries > 0) {
      return;
    }
    // Giving it up before another asks or after cannot be told apart: no choice is needed here.
    announce(self, OpKind.EXIT, monitor.lock, false, null, false);
    record(self);
    release(self, monitor);
    tell("leaves " + monitor.name);
  }

  private void release(SimThread self, Monitor monitor) {
    monitor.owner = null;
    monitor.released = self.happened.clone();
    changed();
  }

  boolean holds(Object object) {
    return monitor(object).owner == current;
  }

  /**
   * @param wait in nanoseconds, 0 for ever
   */
  void await(Object object, long wait) throws InterruptedException {
    SimThread self = current;
    Monitor monitor = owned(object);
    Location flag = flag(self);
    self.early = early(wait > 0);
    announce(self, OpKind.WAIT, monitor.lock, false, null, false);
    record(self);
    if (self.interrupted) {
      clear(self, flag);
      throw new InterruptedException();
    }
    self.savedEntries = monitor.entries;
    self.notified = false;
    self.deadline = wait > 0 ? deadline(wait) : SimThread.NEVER;
    monitor.waiting.add(self);
    release(self, monitor);
    tell("waits on " + monitor.name);
    self.monitor = monitor;
    step(OpKind.WAKE, monitor.waitSet, false, flag, true);
    if (self.kind == OpKind.WAKE) {
      expire(self);
      String why =
          self.interrupted
              ? "is interrupted"
              : self.early == 1 ? "wakes up for no reason" : "has waited long enough";
      monitor.waiting.remove(self);
      tell(why);
      self.deadline = SimThread.NEVER;
      self.early = 0;
      step(OpKind.ENTER, monitor.lock, true, null, false);
    }
    self.deadline = SimThread.NEVER;
    self.early = 0;
    own(self, monitor, self.savedEntries);
    tell("enters " + monitor.name + " again");
    if (self.interrupted && !self.notified) {
      clear(self, flag);
      throw new InterruptedException();
    }
  }

  private Monitor owned(Object object) {
    Monitor monitor = monitor(object);
    if (monitor.owner != current) {
      throw new IllegalMonitorStateException("current thread is not owner");
    }
    return monitor;
  }

  private void clear(SimThread self, Location flag) {
    self.interrupted = false;
    self.happened = Clock.join(self.happened, flag.sync);
    changed();
  }

  void notify(Object object, boolean all) {
    SimThread self = current;
    Monitor monitor = owned(object);
    announce(self, OpKind.NOTIFY, monitor.waitSet, true, null, false);
    dispatch(self);
    if (monitor.waiting.isEmpty()) {
      tell("notifies nobody");
      return;
    }
    if (all) {
      tell("notifies " + names(monitor.waiting));
      List.copyOf(monitor.waiting).forEach(t -> wake(t, self));
    } else {
      int chosen = monitor.waiting.size() == 1 ? 0 : pickAlternative(monitor.waiting.size());
      SimThread woken = monitor.waiting.get(chosen);
      tell("notifies " + woken.name);
      wake(woken, self);
    }
    monitor.waiting.removeIf(t -> t.notified);
  }

  private static String names(List<SimThread> threads) {
    return threads.stream().map(t -> t.name).collect(Collectors.joining(" and "));
  }

  /** A notified thread has only to get in again. */
  private void wake(SimThread woken, SimThread by) {
    woken.notified = true;
    woken.kind = OpKind.ENTER;
    woken.first = woken.monitor.lock;
    woken.writesFirst = true;
    woken.second = null;
    woken.deadline = SimThread.NEVER;
    woken.order = Clock.join(woken.order, by.order);
    changed();
  }

  // ---- parking, sleeping, joining, interrupting

  /**
   * @param wait in nanoseconds; negative for ever
   */
  void park(Object blocker, long wait) {
    SimThread self = current;
    self.blocker = blocker;
    self.deadline = wait >= 0 ? deadline(wait) : SimThread.NEVER;
    self.early = self.permit || self.interrupted ? 0 : early(wait > 0);
    boolean slept = !self.permit && !self.interrupted;
    step(OpKind.PARK, permit(self), true, flag(self), false);
    expire(self);
    String why =
        self.permit
            ? slept ? "is unparked" : "parks and goes on at once: it had a permit"
            : self.interrupted
                ? "is interrupted"
                : self.early == 1 ? "returns from park for no reason" : "has parked long enough";
    tell(why);
    self.permit = false;
    self.early = 0;
    self.deadline = SimThread.NEVER;
    self.blocker = null;
    changed();
  }

  void unpark(Thread thread) {
    SimThread target = thread == null ? null : of(thread);
    if (target == null) {
      return;
    }
    step(OpKind.UNPARK, permit(target), true, null, false);
    target.permit = true;
    tell("unparks " + target.name);
    changed();
  }

  void sleep(long wait) throws InterruptedException {
    SimThread self = current;
    if (wait <= 0) {
      stepBack();
      return;
    }
    Location flag = flag(self);
    self.deadline = deadline(wait);
    self.early = exactTime ? 0 : choose(2) * 2;
    step(OpKind.SLEEP, flag, true, null, false);
    expire(self);
    self.early = 0;
    self.deadline = SimThread.NEVER;
    tell(self.interrupted ? "is interrupted" : "has slept");
    if (self.interrupted) {
      clear(self, flag);
      throw new InterruptedException("sleep interrupted");
    }
  }

  void join(Thread thread, long wait) throws InterruptedException {
    SimThread self = current;
    SimThread target = of(thread);
    if (target == null) {
      return;
    }
    self.target = target;
    self.deadline = wait > 0 ? deadline(wait) : SimThread.NEVER;
    self.early = wait > 0 && !exactTime ? choose(2) * 2 : 0;
    step(OpKind.JOIN, life(target), false, flag(self), true);
    self.target = null;
    self.deadline = SimThread.NEVER;
    boolean expired = self.early != 0;
    expire(self);
    self.early = 0;
    if (self.interrupted) {
      clear(self, flag(self));
      throw new InterruptedException();
    }
    if (target.ended) {
      self.happened = Clock.join(self.happened, life(target).sync);
      tell("sees that " + target.name + " has ended");
    } else {
      tell(expired ? "waits no longer for " + target.name : "stops waiting for " + target.name);
    }
  }

  void stepBack() {
    current.yieldedAt = changesFor(current);
    step(OpKind.YIELD, null, false, null, false);
  }

  void interrupt(Thread thread) {
    SimThread target = of(thread);
    if (target == null) {
      return;
    }
    Location flag = flag(target);
    Location waitSet = target.kind == OpKind.WAKE ? target.monitor.waitSet : null;
    step(OpKind.INTERRUPT, flag, true, waitSet, true);
    target.interrupted = true;
    flag.sync = Clock.join(flag.sync == null ? NO_CLOCK : flag.sync, current.happened);
    tell("interrupts " + target.name);
    changed();
  }

  boolean interrupted(Thread thread, boolean clear) {
    SimThread target = of(thread);
    if (target == null) {
      return false;
    }
    Location flag = flag(target);
    step(OpKind.LOOK, flag, clear, null, false);
    boolean was = target.interrupted;
    if (was) {
      current.happened = Clock.join(current.happened, flag.sync);
    }
    if (was && clear) {
      clear(target, flag);
    }
    return was;
  }

  Thread.State state(Thread thread) {
    SimThread target = of(thread);
    if (target == null) {
      return thread.getState();
    }
    step(OpKind.LOOK, life(target), false, null, false);
    if (target.ended) {
      current.happened = Clock.join(current.happened, life(target).sync);
      return Thread.State.TERMINATED;
    }
    if (target.isEnabled()) {
      return Thread.State.RUNNABLE;
    }
    if (target.kind == OpKind.ENTER) {
      return Thread.State.BLOCKED;
    }
    return target.deadline < SimThread.NEVER
        ? Thread.State.TIMED_WAITING
        : Thread.State.WAITING;
  }

  long time() {
    SimThread self = current;
    boolean same = self.timedAt == changesFor(self);
    self.timedAgain = same ? self.timedAgain + 1 : 0;
    self.timedAt = changesFor(self);
    if (self.timedAgain > PATIENT) {
      self.yieldedAt = changesFor(self);
      step(OpKind.TIME, null, false, null, false);
    }
    return nanos;
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

  // ---- what scenarios use

  void quiesce() {
    step(OpKind.QUIESCENCE, null, false, null, false);
  }

  /** Waits until that thread waits; strictly, until it sleeps without a time limit. */
  void untilWaiting(SimThread target, boolean strict) {
    until(
        target.name + " waits",
        () ->
            target.ended
                || target.isWaiting() && (!strict || target.deadline == SimThread.NEVER)
                || !strict && target.isYielding() && idle > HOPELESS,
        target,
        strict);
  }

  void until(String because, BooleanSupplier condition, SimThread target, boolean strict) {
    SimThread self = current;
    self.condition = condition;
    self.because = because;
    self.target = target;
    self.strict = strict;
    step(OpKind.UNTIL, null, false, null, false);
    if (target != null) {
      self.order = Clock.join(self.order, target.order);
    }
    self.target = null;
    self.strict = false;
    self.condition = null;
  }

  void meet(String because, BooleanSupplier condition) {
    SimThread self = current;
    self.condition = condition;
    self.because = because;
    step(OpKind.MEET, null, false, null, false);
    self.condition = null;
  }

  void tell(String what) {
    if (story != null && isWatching()) {
      story.tell(what);
    }
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
