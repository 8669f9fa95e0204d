package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import threadmill.model.Kind;

/**
 * The memory of one run: who touched which place, what a read may see, and races (vector clocks as
 * in FastTrack; Flanagan &amp; Freund, PLDI 2009).
 */
final class Memory {
  private static final int REREADS = 2;
  private static final int ROUNDS = 20;

  /** What costs no step may well be read in a loop that gets somewhere: over an array, say. */
  private static final int UNSEEN = 100;

  private static final int MOST_VERSIONS = 8;
  private static final int PERMIT_KEY = -4;
  private static final int FLAG_KEY = -5;
  static final int LIFE_KEY = -6;
  private static final int FENCE_KEY = -7;
  private static final int YIELD_KEY = -8;
  private static final int SPIN_KEY = -9;
  private static final int ELEMENT_KEY = Fields.MOST;
  private final Map<Integer, Location> statics = new java.util.HashMap<>();
  private final Map<Long, Location> outside = new java.util.HashMap<>();
  private final World world;
  private final Promises promises;
  private final Map<Object, Shadow> shadows = new IdentityHashMap<>();
  private final Map<String, Location> special = new java.util.HashMap<>();
  private final List<Location> versioned = new ArrayList<>();
  private final Location fence = new Location(0, FENCE_KEY, "memory", false);
  private final Location processor = new Location(0, YIELD_KEY, "processor", false);
  private final Location spinner = new Location(0, SPIN_KEY, "processor", false);
  private Location reading;
  private Knowledge.Promise relied;
  private boolean weakRead;
  private boolean readTraced;
  private boolean acquires;
  private boolean coherent;
  private boolean strong;
  private int updating;
  private Supplier<Object> peeking;
  private Object before;

  Memory(World world) {
    this.world = world;
    this.promises = new Promises(world);
  }

  Promises promises() {
    return promises;
  }

  /** A read whose value cannot be another one. */
  void forget(Object value) {
    weakRead = false;
    acquires = false;
    if (reading != null && world.story != null) {
      readValue(value);
    }
    reading = null;
  }

  void forget() {
    reading = null;
  }

  Shadow shadow(Object object) {
    if (object instanceof Tracked tracked) {
      Object found = tracked.threadmill$shadow();
      if (found instanceof Shadow shadow && shadow.world == world) {
        return shadow;
      }
      Shadow made = new Shadow(world, ++world.ids);
      tracked.threadmill$shadow(made);
      return made;
    }
    Shadow found = shadows.get(object);
    if (found == null) {
      found = new Shadow(world, ++world.ids);
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
          field, f -> new Location(++world.ids, f, Fields.of(f).name(), false));
    }
    Shadow shadow = shadow(object);
    Location found = shadow.place(field);
    return found != null
        ? found
        : shadow.add(field, new Location(++world.ids, field, nameOf(field), false));
  }

  private static String nameOf(int field) {
    return Fields.of(field).called();
  }

  private Location element(Object array, int index) {
    Shadow shadow = shadow(array);
    Location found = shadow.place(index);
    if (found != null) {
      return found;
    }
    int key = ELEMENT_KEY + Math.abs(array.getClass().getName().hashCode() % ELEMENT_KEY);
    return shadow.add(index, new Location(++world.ids, key, "element [" + index + "]", false));
  }

  private Location special(Object object, int key, String name) {
    Shadow shadow = shadow(object);
    Location found = shadow.place(key);
    return found != null ? found : shadow.add(key, new Location(++world.ids, key, name, false));
  }

  Location life(Thread thread) {
    return special(thread, LIFE_KEY, thread.getName());
  }

  Location life(SimThread thread) {
    return special(thread.thread, LIFE_KEY, thread.name);
  }

  Location permit(SimThread thread) {
    if (thread.permitPlace == null) {
      thread.permitPlace = special(thread.thread, PERMIT_KEY, "the permit of " + thread.name);
    }
    return thread.permitPlace;
  }

  Location flag(SimThread thread) {
    if (thread.flagPlace == null) {
      thread.flagPlace = special(thread.thread, FLAG_KEY, "the interrupt of " + thread.name);
    }
    return thread.flagPlace;
  }

  Location special(String name) {
    return special.computeIfAbsent(name, n -> new Location(++world.ids, FENCE_KEY, n, false));
  }

  void read(Object object, int number) {
    Fields.Field field = Fields.of(number);
    if (field.isVolatile()) {
      volatileRead(place(object, number));
    } else if (field.checked()) {
      plainRead(place(object, number));
    }
  }

  void write(Object object, Object old, Object value, int number) {
    stored(value);
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
    stored(value);
    if (checked) {
      plainWrite(element(array, index), old, value);
    }
  }

  // Objects under construction. A final field is safe once its constructor has ended (JLS 17.5).

  void building(Object object) {
    shadow(object).building = true;
  }

  void built(Object object) {
    shadow(object).building = false;
  }

  /** A reference was stored where others may find it. */
  void stored(Object value) {
    if (value instanceof Tracked tracked
        && tracked.threadmill$shadow() instanceof Shadow shadow
        && shadow.world == world
        && shadow.building) {
      shadow.escaped = true;
    }
  }

  void readFinal(Object object, int field) {
    if (hasEscaped(object)) {
      world.step(OpKind.READ, place(object, field), false, null, false);
      world.tell("reads " + Fields.of(field).name());
    }
  }

  void writeFinal(Object object, int field) {
    if (hasEscaped(object)) {
      world.step(OpKind.WRITE, place(object, field), true, null, false);
      world.tell("sets " + Fields.of(field).name());
    }
  }

  private boolean hasEscaped(Object object) {
    return object instanceof Tracked tracked
        && tracked.threadmill$shadow() instanceof Shadow shadow
        && shadow.world == world
        && shadow.escaped;
  }

  void plainRead(Location at) {
    SimThread self = world.current;
    boolean visible = world.knowledge.isRacy(at.key);
    boolean spinning = spins(self, at, visible ? 1 : UNSEEN);
    if (visible || spinning) {
      promises.weakly();
      world.step(OpKind.READ, at, false, null, false);
    }
    conflictsWithRead(at, self, true);
    again(self, at);
    beginRead(at, Mode.PLAIN, visible);
  }

  /** What is known of a read before its value is. */
  private void beginRead(Location at, Mode mode, boolean visible) {
    reading = at;
    readTraced = visible;
    weakRead = visible && mode != Mode.VOLATILE;
    acquires = mode == Mode.ACQUIRE_RELEASE;
    coherent = mode != Mode.PLAIN;
    strong = mode == Mode.VOLATILE;
  }

  void plainWrite(Location at, Object old, Object value) {
    SimThread self = world.current;
    boolean visible = world.knowledge.isRacy(at.key);
    if (visible) {
      promises.weakly();
      world.step(OpKind.WRITE, at, true, null, false);
      world.tellChange(at, old, value);
    }
    conflictsWithWrite(at, self, true);
    remember(at, self, old, value, null, false);
    if (visible) {
      promises.wrote(at, value);
    }
    wrote(at, self, true, here());
    at.sync = null;
    world.changed();
  }

  /** A call that reads or changes an object of the JDK's, or an element that it keeps. */
  void use(Location at, boolean writes, String method) {
    boolean visible = world.knowledge.isRacy(at.key);
    if (!writes) {
      plainRead(at);
      reading = null;
    } else {
      if (visible) {
        promises.weakly();
        world.step(OpKind.WRITE, at, true, null, false);
      }
      useToo(at, true);
      world.changed();
    }
    if (visible) {
      world.tell("calls " + method + "() of " + at.name);
    }
  }

  /** Another place that the same operation accesses. */
  void useToo(Location at, boolean writes) {
    SimThread self = world.current;
    if (!writes) {
      conflictsWithRead(at, self, true);
      return;
    }
    conflictsWithWrite(at, self, true);
    wrote(at, self, true, here());
    at.sync = null;
    at.versions = null;
  }

  /** A call that is atomic in itself. */
  void useAtomically(Location at, String method) {
    SimThread self = world.current;
    world.step(OpKind.UPDATE, at, true, null, false);
    acquire(at);
    conflictsWithWrite(at, self, false);
    at.sync = Clock.join(at.sync == null ? Clock.NONE : Clock.copy(at.sync), self.happened);
    wrote(at, self, false, self.seen);
    world.published(self);
    world.tell("calls " + method + "() of " + at.name);
    world.settle();
  }

  /** A place outside of the heap, as long as the buffer is kept that leads there. */
  Location outside(long address, int key) {
    return outside.computeIfAbsent(
        address, a -> new Location(++world.ids, key, Fields.of(key).name(), false));
  }

  void keep(Object buffer) {
    shadow(buffer);
  }

  private static void wrote(Location at, SimThread self, boolean plain, Seen seen) {
    at.writer = self.index;
    at.writeEpoch = self.epoch;
    at.plainWrite = plain;
    at.writeSeen = seen;
  }

  /** Looks for a race of this read and remembers it. Two accesses race if one of them is plain. */
  private void conflictsWithRead(Location at, SimThread self, boolean plain) {
    boolean conflicts = isWrittenBeside(at, self, plain);
    if (plain && self.optimistic.areOpen()) {
      self.optimistic.add(at, at.readEpoch(self.index), here(), conflicts);
      if (conflicts) {
        world.knowledge.race(at.key);
      }
    } else if (conflicts) {
      race(at, at.writeSeen, true, here(), false);
    }
    int size = at.readEpochs == null ? 0 : at.readEpochs.length;
    if (size <= self.index) {
      at.readEpochs = Arrays.copyOf(size == 0 ? Clock.NONE : at.readEpochs, self.index + 4);
    }
    at.readEpochs[self.index] = self.epoch;
    if (plain) {
      at.plainReaders |= 1L << self.index;
    } else {
      at.plainReaders &= ~(1L << self.index);
    }
    if (world.story != null) {
      size = at.readSeen == null ? 0 : at.readSeen.length;
      if (size <= self.index) {
        at.readSeen =
            size == 0 ? new Seen[self.index + 4] : Arrays.copyOf(at.readSeen, self.index + 4);
      }
      at.readSeen[self.index] = self.seen;
    }
  }

  /** Whether another thread wrote it last, and nothing orders that before what this one does. */
  private static boolean isWrittenBeside(Location at, SimThread self, boolean plain) {
    return at.writer >= 0
        && at.writer != self.index
        && (plain || at.plainWrite)
        && Clock.at(self.happened, at.writer) < at.writeEpoch;
  }

  /** From here on the thread reads what it will use only if a lock says that nobody wrote it. */
  void optimistic(Object lock) {
    SimThread self = world.current;
    if (self.optimistic.areOpenFor(lock)) {
      trusts(self);
    }
    self.optimistic.begin(lock);
  }

  /** The lock says so, or that what was read is to be thrown away. */
  void validated(Object lock, boolean valid) {
    SimThread self = world.current;
    for (OptimisticReads.Read read : self.optimistic.end(lock, valid)) {
      read.at.forget(self.index, read.epochBefore);
      if (valid) {
        // Whoever wrote meanwhile all the same did not hold the lock.
        raceIfConflicting(read);
      }
    }
  }

  /** What the thread read optimistically it uses without having asked the lock again. */
  void trusts(SimThread self) {
    self.optimistic.giveUp().forEach(this::raceIfConflicting);
  }

  private void raceIfConflicting(OptimisticReads.Read read) {
    if (read.conflicts()) {
      race(read.at, read.at.writeSeen, true, read.by, false);
    }
  }

  private void conflictsWithWrite(Location at, SimThread self, boolean plain) {
    if (isWrittenBeside(at, self, plain)) {
      race(at, at.writeSeen, true, here(), true);
    }
    if (at.readEpochs != null) {
      for (int i = 0; i < at.readEpochs.length; i++) {
        if (i != self.index
            && at.readEpochs[i] > 0
            && (plain || (at.plainReaders & 1L << i) != 0)
            && Clock.at(self.happened, i) < at.readEpochs[i]) {
          if (world.threads.get(i).optimistic.conflict(at)) {
            world.knowledge.race(at.key);
          } else {
            race(at, at.readSeen == null ? null : at.readSeen[i], false, here(), true);
          }
        }
      }
    }
  }

  private Seen here() {
    return world.story == null ? null : world.story.look(world);
  }

  private void race(Location at, Seen earlier, boolean wrote, Seen here, boolean writes) {
    world.knowledge.race(at.key);
    if (world.race != null) {
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
    if (world.story != null) {
      found = Races.describe(at.name, earlier, wrote, here, writes).at(here);
    }
    world.race = found;
  }

  void volatileRead(Location at) {
    SimThread self = world.current;
    spins(self, at, 1);
    world.step(OpKind.READ, at, false, null, false);
    conflictsWithRead(at, self, false);
    boolean late = at.isUnderWayFor(self.index) && !world.realTime;
    if (!late) {
      acquire(at);
    }
    again(self, at);
    beginRead(at, Mode.VOLATILE, true);
    weakRead = late;
    acquires = late;
  }

  void volatileWrite(Location at, Object old, Object value) {
    SimThread self = world.current;
    world.step(OpKind.WRITE, at, true, null, false);
    world.tellChange(at, old, value);
    conflictsWithWrite(at, self, false);
    at.sync = Clock.join(at.sync == null ? Clock.NONE : at.sync, self.happened);
    remember(at, self, old, value, at.sync, true);
    wrote(at, self, false, self.seen);
    arrived(self);
    world.published(self);
    world.changed();
  }

  /** What a thread wrote in a weaker mode before something volatile has reached everybody. */
  private void arrived(SimThread self) {
    versioned.forEach(at -> at.settle(self.index));
  }

  private void acquire(Location at) {
    world.current.happened = Clock.join(world.current.happened, at.sync);
  }

  /**
   * Whether a thread comes back to a place in a loop: it looks again although nothing at all has
   * changed, or for the umpteenth time although nobody else has changed anything. It steps back
   * until somebody has (fair stateless search; Musuvathi &amp; Qadeer, PLDI 2008).
   */
  private boolean spins(SimThread self, Location at, int patience) {
    Location.Visits visits = at.visits(self.index);
    boolean endless = visits.others == world.changesFor(self) && visits.rounds >= ROUNDS * patience;
    boolean still =
        visits.changes == world.changes && visits.again >= atMost(at, REREADS) * patience;
    boolean spinning = endless || still && !world.scheduler.triesAlone(self, at.key, patience);
    if (spinning) {
      self.vain++;
      self.stepBack();
    }
    return spinning;
  }

  /** How often a thread may come back to a place for nothing before it steps back. */
  private int atMost(Location at, int usually) {
    return world.knowledge.isBounded(at.key) ? Scheduler.BOUNDED : usually;
  }

  /** A thread offers others the processor: whoever does so over and over waits for something. */
  void yield() {
    spins(world.current, processor, 1);
    letOthers(processor);
  }

  /** A thread says that it spins: it steps back at once, unless such loops end by themselves. */
  void spinWait() {
    SimThread self = world.current;
    if (world.knowledge.isBounded(SPIN_KEY)) {
      spins(self, spinner, 1);
    } else if (!world.scheduler.triesAlone(self, SPIN_KEY, 1)) {
      self.stepBack();
    }
    letOthers(spinner);
  }

  private void letOthers(Location at) {
    SimThread self = world.current;
    world.step(OpKind.YIELD, null, false, null, false);
    again(self, at);
    self.tired = true;
  }

  private void again(SimThread self, Location at) {
    Location.Visits visits = at.visits(self.index);
    visits.again = visits.changes == world.changes ? visits.again + 1 : 0;
    visits.changes = world.changes;
    visits.rounds = visits.others == world.changesFor(self) ? visits.rounds + 1 : 0;
    visits.others = world.changesFor(self);
  }

  private void remember(
      Location at, SimThread self, Object old, Object value, int[] released, boolean settled) {
    if (!world.knowledge.isRacy(at.key) && !world.knowledge.isWeak(at.key)) {
      return;
    }
    if (at.versions == null) {
      at.versions = new ArrayList<>(4);
      versioned.add(at);
      at.versions.add(new Location.Version(old, -1, 0, Clock.NONE, null, true));
    }
    if (at.versions.size() == MOST_VERSIONS) {
      at.versions.remove(0);
    }
    int[] copy = released == null ? null : Clock.copy(released);
    int[] before = Clock.copy(self.happened);
    Location.Version version =
        new Location.Version(value, self.index, self.epoch, before, copy, settled);
    at.versions.add(version);
    at.visits(self.index).floor = version;
  }

  /**
   * What a read gives: the newest value, or an older one that happens-before consistency allows
   * (JLS 17.4.5).
   */
  Object readValue(Object newest) {
    Location at = reading;
    reading = null;
    if (at == null) {
      return newest;
    }
    boolean weak = weakRead && !(coherent && world.realTime);
    boolean early = weak && !strong;
    Object seen = early && coherent ? promises.coherent(at) : null;
    if (seen != null) {
      return seen;
    }
    List<Knowledge.Promise> promised = early ? promises.on(at) : List.of();
    Location.Version version =
        weak && (at.versions != null || !promised.isEmpty()) ? visibleVersion(at, promised) : null;
    if (relied != null) {
      return seesTheFuture(at);
    }
    if (acquires) {
      world.current.happened =
          Clock.join(world.current.happened, version == null ? at.sync : version.released);
    }
    if (coherent && at.versions != null) {
      Location.Version given = version == null ? at.newest() : version;
      at.visits(world.current.index).floor = given;
      given.settled |= given.thread != world.current.index;
      given.seenBy(world.current);
    }
    Object value = version == null ? newest : version.value;
    if (weakRead && !acquires) {
      promises.read(at, value, version == null);
    }
    if (readTraced && world.story != null) {
      String old =
          version == null ? "" : ", an old value: nothing orders this read after the write";
      world.story.tell("reads " + at.name + ": " + Names.value(value) + old);
    }
    return value;
  }

  private Object seesTheFuture(Location at) {
    Object value = promises.rely(relied, at);
    String who = world.threads.get(relied.thread()).name;
    relied = null;
    world.tell(
        "reads "
            + at.name
            + ": "
            + Names.value(value)
            + ", which "
            + who
            + " is about to write: nothing orders this read before the write");
    return value;
  }

  boolean wantsReadValue() {
    return reading != null && (acquires || weakRead || world.story != null);
  }

  /**
   * The older write that this read sees, or null for the newest. What was chosen once, stays. It
   * may be a promised one: {@link #relied}.
   */
  private Location.Version visibleVersion(Location at, List<Knowledge.Promise> promised) {
    SimThread self = world.current;
    Location.Visits visits = at.visits(self.index);
    // A plain read may be hoisted out of a loop; an opaque or stronger one sees the write in time.
    if (!coherent && visits.stale != null && isVisible(at, visits.stale, self)) {
      return visits.stale;
    }
    visits.stale = null;
    self.stale = null;
    List<Location.Version> older = new ArrayList<>(2);
    int writes = at.versions == null ? 0 : at.versions.size();
    for (int i = writes - 2; i >= 0; i--) {
      Location.Version later = at.versions.get(i + 1);
      if (strong && later.settled || coherent && later.isKnownTo(self)) {
        break;
      }
      Location.Version version = at.versions.get(i);
      if (isVisible(at, version, self)) {
        older.add(version);
      }
      if (coherent && version == visits.floor) {
        break;
      }
    }
    if (coherent && writes > 0 && visits.floor == at.versions.get(writes - 1)) {
      older.clear();
    }
    int chosen = world.choose(1 + older.size() + promised.size());
    if (chosen > older.size()) {
      relied = promised.get(chosen - older.size() - 1);
      return null;
    }
    visits.stale = chosen == 0 ? null : older.get(chosen - 1);
    self.stale = chosen == 0 || coherent ? null : at.name;
    return visits.stale;
  }

  /** No later write happens-before this thread's read and after this version. */
  private static boolean isVisible(Location at, Location.Version version, SimThread self) {
    int from = at.versions.indexOf(version);
    for (int i = from + 1; i < at.versions.size(); i++) {
      Location.Version later = at.versions.get(i);
      boolean after = version.thread < 0 || Clock.at(later.before, version.thread) >= version.epoch;
      boolean before = Clock.at(self.happened, later.thread) >= later.epoch;
      if (after && before) {
        return false;
      }
    }
    return from >= 0;
  }

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
        SimThread self = world.current;
        world.knowledge.weak(at.key);
        spins(self, at, 1);
        if (mode == Mode.OPAQUE) {
          promises.weakly();
        }
        world.step(OpKind.READ, at, false, null, false);
        conflictsWithRead(at, self, false);
        again(self, at);
        beginRead(at, mode, true);
      }
    }
  }

  void write(Location at, Mode mode, Object old, Object value) {
    switch (mode) {
      case PLAIN -> plainWrite(at, old, value);
      case VOLATILE -> volatileWrite(at, old, value);
      default -> {
        SimThread self = world.current;
        world.knowledge.weak(at.key);
        if (mode == Mode.OPAQUE) {
          promises.weakly();
        }
        world.step(OpKind.WRITE, at, true, null, false);
        world.tellChange(at, old, value);
        conflictsWithWrite(at, self, false);
        at.sync = mode == Mode.ACQUIRE_RELEASE ? Clock.join(Clock.NONE, self.happened) : null;
        remember(at, self, old, value, at.sync, false);
        if (mode == Mode.OPAQUE) {
          promises.wrote(at, value);
        }
        wrote(at, self, false, self.seen);
        world.published(self);
        world.changed();
      }
    }
  }

  /** Before an atomic update; {@link #updated} tells how it went. */
  void update(Location at, int access, Supplier<Object> peek) {
    attempt(OpKind.UPDATE, at);
    updating = access;
    peeking = peek;
    before = wantsValues(at) ? peek.get() : null;
  }

  /** Who failed here before, and nobody else has changed anything, lets others go first. */
  void attempt(OpKind kind, Location at) {
    Location.Visits visits = at.visits(world.current.index);
    if (visits.failed == world.changesFor(world.current)
        && visits.failures >= atMost(at, 1)
        && !world.scheduler.triesAlone(world.current, at.key, 1)) {
      world.current.stepBack();
    }
    world.step(kind, at, true, null, false);
  }

  void failed(Location at) {
    SimThread self = world.current;
    self.tired = true;
    self.vain++;
    Location.Visits visits = at.visits(self.index);
    visits.failures = visits.failed == world.changesFor(self) ? visits.failures + 1 : 1;
    visits.failed = world.changesFor(self);
  }

  /** Looks at what a lock, semaphore or latch of the JDK's tells of itself. */
  void look(Location at) {
    SimThread self = world.current;
    spins(self, at, 1);
    world.step(OpKind.LOOK, at, true, null, false);
    again(self, at);
  }

  /**
   * Whether a weak compare-and-set fails this time although it could succeed. That is no attempt in
   * vain: nothing stands in its way, and the next one may go through.
   */
  boolean weaklyFails() {
    boolean fails = world.choose(2) == 1;
    if (fails) {
      world.step(OpKind.LOOK, null, false, null, false);
      world.tell("a weak compare-and-set fails for no reason");
    }
    return fails;
  }

  boolean wantsValues(Location at) {
    return world.story != null || world.knowledge.isWeak(at.key) || world.knowledge.isRacy(at.key);
  }

  /** After an atomic update. A failed one has only read, and its thread lets others go first. */
  void updated(boolean done) {
    Event event = world.open;
    if (event == null || event.kind != OpKind.UPDATE) {
      return;
    }
    Location at = event.first;
    SimThread self = world.current;
    Object after = wantsValues(at) ? peeking.get() : null;
    conflictsWithRead(at, self, false);
    if (at.versions != null) {
      at.newest().settled = true;
    }
    if (Access.acquires(updating) || !done) {
      acquire(at);
    }
    if (done) {
      conflictsWithWrite(at, self, false);
      if (Access.releases(updating)) {
        at.sync = Clock.join(at.sync == null ? Clock.NONE : Clock.copy(at.sync), self.happened);
      }
      remember(at, self, before, after, at.sync, true);
      arrived(self);
      wrote(at, self, false, self.seen);
      world.published(self);
      world.changed();
      world.tellChange(at, before, after);
    } else {
      event.writesFirst = false;
      failed(at);
      world.tellValue("finds ", at, after);
    }
    peeking = null;
    world.settle();
  }

  void fence(boolean full) {
    world.step(OpKind.FENCE, fence, true, null, false);
    if (full) {
      world.current.happened = Clock.join(world.current.happened, fence.sync);
      fence.sync = Clock.join(Clock.NONE, world.current.happened);
      versioned.forEach(at -> at.fence(world.current.index));
      arrived(world.current);
      world.published(world.current);
    }
    world.tell("fence");
  }
}
