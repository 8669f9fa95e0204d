package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * A number that threads wait for, with the operations of the JDK's semaphores and latches as one
 * step each: permits, handed out first come first served to those that wait, or a count that has to
 * come to zero.
 */
final class Permits {
  private static final int KEY = -14;

  final String name;
  private final boolean counts;
  private final boolean fair;
  private final List<SimThread> queue = new ArrayList<>(2);
  private int value;
  private int[] released = Clock.NONE;

  /** As the JDK keeps the number in a volatile variable, who sees it sees what came before it. */
  private int[] seen = Clock.NONE;

  private World world;
  private Location place;

  private Permits(String name, int value, boolean fair, boolean counts) {
    this.name = name;
    this.value = value;
    this.fair = fair;
    this.counts = counts;
  }

  static Permits semaphore(int permits, boolean fair) {
    return new Permits("the Semaphore", permits, fair, false);
  }

  static Permits latch(int count) {
    return new Permits("the CountDownLatch", count, false, true);
  }

  /** As part of this run. */
  Permits in(World w) {
    if (world != w) {
      world = w;
      place = new Location(++w.ids, KEY, name, false);
    }
    return this;
  }

  /** Whether there are enough for a thread that waits. */
  boolean suffice(SimThread thread) {
    return counts
        ? value == 0
        : !queue.isEmpty() && queue.get(0) == thread && value >= thread.wanted;
  }

  boolean isFair() {
    return fair;
  }

  /** Where nothing is controlled. */
  int value() {
    return value;
  }

  void add(int more) {
    if (value + more < value) {
      throw new Error("Maximum permit count exceeded");
    }
    value += more;
  }

  void reduce(int less) {
    if (value - less > value) {
      throw new Error("Permit count underflow");
    }
    value -= less;
  }

  boolean takesAtOnce(int wanted) {
    boolean enough = value >= wanted;
    value -= enough ? wanted : 0;
    return enough;
  }

  // ---- operations

  /** One attempt, whoever else is waiting. */
  boolean tryAcquire(int wanted) {
    return attempt(wanted, true);
  }

  /**
   * @param wait in nanoseconds; none if it is not positive
   */
  boolean tryAcquire(int wanted, long wait) throws InterruptedException {
    world.waits.checkInterrupt();
    return wait <= 0 ? attempt(wanted, !fair) : acquire(wanted, wait, true);
  }

  private boolean attempt(int wanted, boolean barges) {
    world.memory.attempt(OpKind.TRY, place);
    if (value >= wanted && (barges || queue.isEmpty())) {
      take(wanted);
      return true;
    }
    world.memory.failed(place);
    sees();
    world.tell("finds " + value);
    return false;
  }

  void acquireInterruptibly(int wanted) throws InterruptedException {
    world.waits.checkInterrupt();
    acquire(wanted, -1, true);
  }

  void acquire(int wanted) {
    try {
      acquire(wanted, -1, false);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean acquire(int wanted, long wait, boolean interruptible)
      throws InterruptedException {
    SimThread self = world.current;
    world.step(OpKind.TRY, place, true, null, false);
    if (value >= wanted && (!fair || queue.isEmpty())) {
      take(wanted);
      return true;
    }
    self.wanted = wanted;
    self.forestalled = null;
    queue.add(self);
    world.tell("finds " + value + " and waits");
    boolean got = false;
    try {
      got = await(wait, interruptible);
    } finally {
      queue.remove(self);
    }
    if (got) {
      take(wanted);
      world.waits.usesUpPermit(self);
    }
    return got;
  }

  /** Waits until there are enough. */
  private boolean await(long wait, boolean interruptible) throws InterruptedException {
    SimThread self = world.current;
    self.permits = this;
    int[] before = Clock.copy(self.order);
    Location flag = interruptible ? world.memory.flag(self) : null;
    world.waits.begin(wait, interruptible);
    world.step(OpKind.TAKE, place, true, flag, true);
    world.alsoForestalled(self, before);
    return world.waits.end(suffice(self));
  }

  /** Whoever was about to have what is taken could have been first. */
  private void take(int wanted) {
    SimThread self = world.current;
    SimThread first = queue.isEmpty() || queue.get(0) == self ? null : queue.get(0);
    boolean could = first != null && suffice(first);
    value -= wanted;
    if (could && !suffice(first)) {
      first.forestalled = world.last();
    }
    synchronize(self);
    changes(self);
    world.tell("leaves " + value);
  }

  private void synchronize(SimThread self) {
    self.happened = Clock.join(self.happened, released);
  }

  private void sees() {
    world.current.happened = Clock.join(world.current.happened, seen);
  }

  private void publish(SimThread self) {
    released = Clock.join(Clock.copy(released), self.happened);
    changes(self);
  }

  private void changes(SimThread self) {
    seen = Clock.join(Clock.copy(seen), self.happened);
    world.published(self);
    world.changed();
  }

  void release(int more) {
    world.step(OpKind.TRY, place, true, null, false);
    add(more);
    publish(world.current);
    world.tell("leaves " + value);
  }

  int drain() {
    world.step(OpKind.TRY, place, true, null, false);
    int drained = value;
    take(drained);
    return drained;
  }

  void reduceNow(int less) {
    world.step(OpKind.TRY, place, true, null, false);
    reduce(less);
    changes(world.current);
    world.tell("leaves " + value);
  }

  /** Those that count down do not mind in which order they do it. */
  void countDown() {
    world.step(OpKind.TRY, place, false, null, false);
    if (value > 0) {
      value--;
      publish(world.current);
    }
    world.tell("leaves " + value);
  }

  void awaitZero() throws InterruptedException {
    awaitZero(-1);
  }

  /**
   * @param wait in nanoseconds, negative for ever
   */
  boolean awaitZero(long wait) throws InterruptedException {
    SimThread self = world.current;
    world.waits.checkInterrupt();
    if (wait == 0) {
      return look() == 0;
    }
    boolean waits = value > 0;
    boolean zero = await(wait, true);
    if (zero) {
      synchronize(self);
      world.tell("finds 0");
      if (waits) {
        world.waits.usesUpPermit(self);
      }
    }
    return zero;
  }

  /** What it tells of itself. */
  int look() {
    world.memory.look(place);
    sees();
    world.tell("finds " + value);
    return value;
  }

  /** Those that wait just now. */
  List<Thread> waiting() {
    world.memory.look(place);
    return queue.stream().peek(t -> t.observed = true).map(t -> t.thread).toList();
  }
}
