package threadmill.explore.sim;

import java.util.Map;
import java.util.WeakHashMap;

/**
 * A simulated thread: the program's own {@link Thread} object and what the scheduler knows of it.
 */
final class SimThread {
  private static final int[] EMPTY = {};
  static final long NEVER = Long.MAX_VALUE;

  /** Who sleeps so long unless it is woken does not poll. */
  private static final long GENEROUS = 1_000_000_000;

  final World world;
  final int index;

  /** How many generators of random numbers it has made. */
  int seeds;

  final String name;
  final Thread thread;

  /** Whether the scenario declared it, as opposed to the program under test. */
  final boolean declared;

  final Body body;
  Object fiber;
  boolean begun;
  boolean ended;
  boolean interrupted;
  boolean permit;
  Location permitPlace;
  Location flagPlace;
  Throwable uncaught;
  Seen uncaughtAt;

  // The operation it is about to do.
  OpKind kind = OpKind.BEGIN;
  Location first;
  Location second;
  boolean writesFirst;
  boolean writesSecond;
  Monitor monitor;
  Monitor.WaitSet waitSet;
  Permits permits;
  int wanted;

  /** Whether it may stop waiting for a lock, because its time is over or it is interrupted. */
  boolean mayGiveUp;

  /** Whether an interrupt ends its wait. */
  boolean interruptible;

  /** Whether somebody has seen that it waits. */
  boolean observed;

  /** What took from it what it waits for and could have had, if anything. */
  Event forestalled;

  SimThread target;
  Object blocker;
  java.util.function.BooleanSupplier condition;
  private boolean asked;
  String because = "";
  long deadline = NEVER;

  /** Goes on although nothing woke it: 1 without a reason, 2 because its time is over. */
  int early;

  boolean notified;
  boolean strict;

  /** Whether the scenario allows that it waits when nothing moves any more. */
  boolean mayWait;

  /** What is possible only if it never waits for others; null if it may. */
  String independent;

  int savedEntries;

  /** Whether it waited when somebody was last to go on; for whom that is a reason to go on. */
  boolean waited;

  final Location waits;

  /** What others had changed when it stepped back; it comes again when they have changed more. */
  int yieldedAt = -1;

  /** How often it came back to the same wait by itself since anything changed. */
  int polls;

  int pollsAt = -1;
  int timedAt = -1;
  int timedAgain;
  int timedSince = -1;
  int timedRounds;

  /** What it changed itself; a spin ends by what others change. */
  int ownChanges;

  boolean tired;

  /** How often it has tried in vain or come back to where it was. */
  int vain;

  /** The place whose old value it sees, if any. */
  String stale;

  int events;
  int[] order = EMPTY;
  int[] happened = EMPTY;
  int epoch = 1;
  Seen seen = Seen.NOTHING;
  int abandonments;
  final OptimisticReads optimistic = new OptimisticReads();
  private final Map<Object, Object> locals = new WeakHashMap<>();

  /** What it runs. */
  interface Body {
    void run() throws Throwable;
  }

  SimThread(World world, int index, String name, Thread thread, boolean declared, Body body) {
    this.world = world;
    this.index = index;
    this.name = name;
    this.thread = thread;
    this.declared = declared;
    this.body = body;
    this.happened = Clock.set(happened, index, 1);
    this.waits = Location.common(name + " waits", 0);
  }

  Map<Object, Object> locals() {
    return locals;
  }

  long bit() {
    return 1L << index;
  }

  /** Whether its pending operation could be done now. */
  boolean isEnabled() {
    return switch (kind) {
      case ENTER -> monitor.isFreeFor(this) || mayGiveUp && isToGiveUp();
      case TAKE -> permits.suffice(this) || isToGiveUp();
      case WAKE -> isToGiveUp();
      case PARK -> permit || interrupted || isOver();
      case SLEEP -> interrupted || isOver();
      case JOIN -> target.ended || interrupted || isOver();
      case UNTIL, MEET -> isSo();
      case QUIESCENCE -> false;
      default -> true;
    };
  }

  /** What is asked about another thread may lead back to this one, which waits meanwhile. */
  private boolean isSo() {
    if (asked) {
      return false;
    }
    asked = true;
    try {
      return condition.getAsBoolean();
    } finally {
      asked = false;
    }
  }

  /** Whether what it waits for a lock with is its interrupt status or its permit. */
  boolean isReachedBy(Event event) {
    boolean waits = kind == OpKind.ENTER || kind == OpKind.TAKE || kind == OpKind.WAKE;
    return waits
        && (event.kind == OpKind.INTERRUPT && event.first == flagPlace
            || event.kind == OpKind.UNPARK && event.first == permitPlace);
  }

  private boolean isToGiveUp() {
    return interruptible && interrupted || isOver();
  }

  private boolean isOver() {
    return early != 0 || deadline <= world.nanos();
  }

  /** Whether it can go on for no other reason than that its time is over. */
  boolean isTimeUp() {
    return early == 0
        && deadline <= world.nanos()
        && switch (kind) {
          case ENTER -> mayGiveUp && !monitor.isFreeFor(this) && !(interruptible && interrupted);
          case TAKE -> !permits.suffice(this) && !(interruptible && interrupted);
          case WAKE -> !(interruptible && interrupted);
          case SLEEP -> !interrupted;
          case PARK -> !permit && !interrupted;
          case JOIN -> !target.ended && !interrupted;
          default -> false;
        };
  }

  /** Whether it waits: nothing but something unusual could make it go on. */
  boolean isWaiting() {
    int unusual = early;
    early = 0;
    boolean waits = !ended && !isEnabled();
    early = unusual;
    return waits;
  }

  /**
   * Whether it sleeps until it is woken; to look after a long time whether it was, is no polling.
   */
  boolean isFastAsleep() {
    return isWaiting() && deadline - world.nanos() >= GENEROUS;
  }

  /** Whether it waits and will soon wake up by itself. */
  boolean isShortlyBack() {
    return isWaiting() && deadline - world.nanos() < GENEROUS;
  }

  /** Whether it waits for somebody else, or for time. */
  boolean isBlocked() {
    return !ended && !isEnabled();
  }

  /** Lets others go first until one of them has changed something. */
  void stepBack() {
    yieldedAt = world.changesFor(this);
  }

  /** Whether it spins: came back to where it was although nothing has changed. */
  boolean isYielding() {
    return yieldedAt == world.changesFor(this);
  }
}
