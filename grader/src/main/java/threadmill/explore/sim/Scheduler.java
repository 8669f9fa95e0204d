package threadmill.explore.sim;

import java.util.Optional;
import java.util.stream.Collectors;
import threadmill.model.Kind;

/**
 * Who goes next in one run: whoever the {@link Chooser} says among those who can go on, and what
 * happens when nobody can.
 */
final class Scheduler {
  private static final int MANY_MOVES = 20_000;
  private static final int MOST_MOVES = 100_000;
  private static final int CALM_AFTER = 4_000;
  private static final int LOCKSTEP_UNTIL = 8_000;
  private static final int VAIN = 50;
  private static final int OFTEN = 15;

  /** A loop may come back so often to a place and still end by itself. */
  static final int BOUNDED = 8;

  private static final int MOST_ALONE = 100;
  private static final int CALM_STRETCH = 257;

  /**
   * A loop that changes nothing and goes round so often is without end: at first, and once known.
   */
  private static final int MOST_IDLE = 100_000;

  private static final int KNOWN_IDLE = 3_000;
  private static final int LONG_IDLE = 300;

  /** Before exact time passes, a loop may go round so often and still end by itself. */
  private static final int EXACT = 2_000;

  private static final int TURN = 64;
  private static final int MOST_POLLS = 200;
  private static final int BUSY_POLLS = 20;
  private static final long MILLISECOND = 1_000_000;
  private final World world;
  int idle;

  private int idleEvents;
  private int restful;
  private int changesWhenIdle;
  private boolean calmed;
  private boolean judged;
  private boolean lockstep;

  /** Who goes on alone, to see whether its loop ends by itself; where it came back to; how long. */
  private SimThread alone;

  private int place;
  private int rounds;
  private int steps;
  private boolean trial;

  Scheduler(World world) {
    this.world = world;
  }

  /** Who goes next; null if the run is over. Sets {@link #current}. */
  SimThread pick() {
    world.settle();
    seeWhoWaits();
    world.checkClaims();
    if (alone != null && world.running) {
      return goOnAlone();
    }
    while (world.running) {
      long enabled = 0;
      long yielding = 0;
      for (int i = 0; i < world.threads.size(); i++) {
        SimThread thread = world.threads.get(i);
        if (thread.ended) {
          continue;
        }
        if (thread.independent != null && Stuck.isKeptWaiting(thread)) {
          world.fail(Stuck.dependent(thread), Seen.NOTHING);
          return null;
        }
        if (!thread.isEnabled()) {
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
      if (!world.running) {
        return null;
      }
      if (enabled != 0) {
        if (moves() >= MANY_MOVES && goOnWithoutEnd()) {
          return null;
        }
        if (!judged && moves() >= LOCKSTEP_UNTIL) {
          judged = true;
          lockstep = inEachOthersWay();
        }
        if (lockstep) {
          world.fail(livelock(), world.look(world.current));
          return null;
        }
        if (moves() >= CALM_AFTER) {
          if (world.chooser.keepsStep()) {
            world.fail(inStep(), world.look(world.current));
            return null;
          }
          if (!calmed) {
            calmed = true;
            world.threads.forEach(t -> t.vain = 0);
          }
          world.current = calm(enabled);
          world.current.tired = false;
          return world.current;
        }
        int chosen = world.chooser.next(world, enabled, world.current.index);
        if (chosen == Chooser.STOP) {
          giveUp();
          return null;
        }
        if (Long.bitCount(enabled) > 1) {
          world.decisions.add(chosen);
        }
        world.current = world.threads.get(chosen);
        world.current.tired = false;
        return world.current;
      }
      if (!passTime()) {
        return quiescent();
      }
    }
    return null;
  }

  /** Who is asked whether it waits may answer otherwise since what was done last. */
  private void seeWhoWaits() {
    for (SimThread thread : world.threads) {
      boolean waits = thread.begun && thread.isWaiting();
      if (thread.waited && (!waits || thread == world.current)) {
        world.also(thread.waits, true);
      }
      thread.waited = waits;
    }
  }

  private void giveUp() {
    world.stopped = true;
    world.running = false;
  }

  /**
   * Whether somebody who comes back to a place goes on alone for now. That is done once for each
   * sort of place: if its loop ends by itself, as a bounded number of attempts does, it is no
   * spinning, and stepping back would hide what comes after it.
   */
  boolean triesAlone(SimThread self, int key, int patience) {
    if (alone == null && !trial && world.knowledge.isUnknown(key) && othersMove(self)) {
      alone = self;
      place = key;
      rounds = BOUNDED * patience;
      trial = true;
    } else if (alone == self && place == key && --rounds < 0) {
      endTrial(false);
    }
    return alone == self;
  }

  private boolean othersMove(SimThread self) {
    return world.threads.stream()
        .anyMatch(t -> t != self && !t.ended && t.isEnabled() && !t.isYielding());
  }

  private SimThread goOnAlone() {
    if (alone.ended || !alone.isEnabled() || ++steps > MOST_ALONE) {
      endTrial(true);
      return null;
    }
    world.current = alone;
    return alone;
  }

  /** Ends the run, if it only was to learn how a loop ends. */
  void endTrial(boolean toTheEnd) {
    if (alone != null) {
      world.knowledge.looped(place, toTheEnd);
      alone = null;
      giveUp();
    }
  }

  /** Whether this run was to learn something, and nothing else is to be concluded from it. */
  boolean isTrial() {
    return trial;
  }

  /** How many operations were done that were not mere spinning. */
  private int moves() {
    return world.count - idleEvents;
  }

  /** Whether the run became so long that it was taken to its end without asking the chooser. */
  boolean wasCut() {
    return moves() >= CALM_AFTER;
  }

  /**
   * Who goes on in a run that has become long: the same thread unless it has tried in vain, and not
   * for ever. If even this does not come to an end, it is no fault of the schedule.
   */
  private SimThread calm(long enabled) {
    boolean stays =
        (enabled & world.current.bit()) != 0
            && !world.current.tired
            && (moves() < LOCKSTEP_UNTIL || world.count % CALM_STRETCH != 0);
    for (int i = stays ? 0 : 1; i <= world.threads.size(); i++) {
      SimThread next = world.threads.get((world.current.index + i) % world.threads.size());
      if ((enabled & next.bit()) != 0) {
        return next;
      }
    }
    throw new IllegalStateException();
  }

  /** Everybody who could go on has stepped back: time passes, and nobody may be left to move. */
  private long spin(long yielding) {
    idle++;
    restful = world.changes == changesWhenIdle ? restful + 1 : 1;
    changesWhenIdle = world.changes;
    idleEvents += restful > 1 ? 1 : 0;
    SimThread spinner = world.threads.get(Long.numberOfTrailingZeros(yielding));
    if (restful > (world.knowledge.isEndless(spinner) ? KNOWN_IDLE : MOST_IDLE)) {
      world.knowledge.endless(spinner);
      if (spinner.stale != null) {
        world.fail(
            Trouble.of(
                Kind.RACE,
                spinner.name
                    + " may loop for ever: it can go on seeing an old value of "
                    + spinner.stale
                    + ", because nothing orders its reads after the write"),
            world.look(spinner));
        return 0;
      }
      world.fail(
          Trouble.of(
              Kind.LIVELOCK,
              spinner.name
                  + " loops for ever: it waits for something to change, and nobody is left who would"
                  + " change it"),
          world.look(spinner));
      return 0;
    }
    for (SimThread thread : world.threads) {
      if (idle > BUSY_POLLS && (yielding & thread.bit()) != 0 && watchedFor(thread) != null) {
        world.fail(busy(thread, "spins"), world.look(thread));
        return 0;
      }
    }
    boolean looksAtClock = false;
    for (SimThread thread : world.threads) {
      looksAtClock |= (yielding & thread.bit()) != 0 && thread.kind == OpKind.TIME;
    }
    if (looksAtClock && world.exactTime) {
      passTime(world.nanos + MILLISECOND);
    } else if (looksAtClock || rests(spinner)) {
      if (!passTime() && looksAtClock) {
        world.passTime(world.nanos + MILLISECOND);
      }
    }
    // One after the other, so that none of them keeps the rest from moving.
    int start = idle / TURN % world.threads.size();
    for (int i = 0; i < world.threads.size(); i++) {
      int index = (start + i) % world.threads.size();
      if ((yielding & 1L << index) != 0) {
        return 1L << index;
      }
    }
    return yielding;
  }

  /** Who has stepped back and now gets somewhere by itself holds the clock up, but not for ever. */
  private boolean rests(SimThread spinner) {
    if (!world.exactTime || world.knowledge.isEndless(spinner)) {
      return restful % World.PATIENT == 0 || idle % LONG_IDLE == 0;
    }
    boolean ripe = idle % EXACT == 0;
    if (ripe) {
      world.knowledge.endless(spinner);
    }
    return ripe;
  }

  /** Whether all who can go on have tried in vain over and over. */
  private boolean inEachOthersWay() {
    int moving = 0;
    for (SimThread thread : world.threads) {
      if (!thread.ended && thread.isEnabled()) {
        moving++;
        if (!isVain(thread)) {
          return false;
        }
      }
    }
    return moving > 1;
  }

  /** Whether a very long run is given up: threads that are in each other's way will go on so. */
  private boolean goOnWithoutEnd() {
    boolean several = world.threads.stream().filter(t -> t.index > 0 && !t.ended).count() > 1;
    if (several && !vain().isEmpty()) {
      world.fail(livelock(), Seen.NOTHING);
    } else if (moves() >= MOST_MOVES) {
      String sentence = "a run is too long: it has not ended after " + MOST_MOVES + " operations";
      world.fail(Trouble.of(Kind.INCONCLUSIVE, sentence), Seen.NOTHING);
    }
    return !world.running;
  }

  /** Whether much of what it does is in vain; what now and then is, is no reason to give up. */
  private static boolean isVain(SimThread thread) {
    return thread.vain >= VAIN && thread.vain * OFTEN >= thread.events;
  }

  /** Who has tried in vain over and over. */
  private String vain() {
    return world.threads.stream()
        .filter(t -> !t.ended && isVain(t))
        .map(t -> t.name)
        .collect(Collectors.joining(" and "));
  }

  private Trouble inStep() {
    String who =
        world.threads.stream()
            .filter(t -> t.index > 0 && t.begun && !t.ended)
            .map(t -> t.name)
            .collect(Collectors.joining(" and "));
    return Trouble.of(
        Kind.LIVELOCK,
        who + " give way to each other in step, again and again: nobody gets anywhere");
  }

  private Trouble livelock() {
    return Trouble.of(
        Kind.LIVELOCK,
        vain() + " try again and again, each in the other's way, and nobody gets anywhere");
  }

  /** Moves the clock to the next deadline, if there is one. */
  private boolean passTime() {
    return passTime(SimThread.NEVER);
  }

  /** Moves the clock to the next deadline or that moment, whichever comes first. */
  private boolean passTime(long latest) {
    long next = latest;
    SimThread first = null;
    for (SimThread thread : world.threads) {
      if (thread.begun && !thread.ended && thread.deadline < next && !thread.isEnabled()) {
        next = thread.deadline;
        first = thread;
      }
    }
    if (first == null) {
      if (latest < SimThread.NEVER) {
        world.passTime(latest);
      }
      return latest < SimThread.NEVER;
    }
    if (first.pollsAt != world.changesFor(first)) {
      first.pollsAt = world.changesFor(first);
      first.polls = 0;
    }
    first.polls++;
    if (first.polls > BUSY_POLLS && watchedFor(first) != null) {
      world.fail(busy(first, "polls: it wakes up again and again to look"), world.look(first));
      return true;
    }
    if (first.polls > MOST_POLLS) {
      return false;
    }
    world.passTime(next);
    return true;
  }

  private Trouble busy(SimThread who, String how) {
    return Trouble.of(
        Kind.BUSY, who.name + " " + how + ", while it should sleep until it is woken");
  }

  /** Who waits for that thread to sleep. */
  private SimThread watchedFor(SimThread watched) {
    for (SimThread thread : world.threads) {
      if (thread.kind == OpKind.UNTIL && thread.strict && thread.target == watched) {
        return thread;
      }
    }
    return null;
  }

  /** Nobody can move. Either the scenario goes on with its last questions, or somebody is stuck. */
  private SimThread quiescent() {
    if (world.root.kind != OpKind.QUIESCENCE || world.root.ended) {
      Stuck.of(world).ifPresent(t -> world.fail(t, Seen.NOTHING));
      world.running = false;
      return null;
    }
    Optional<Trouble> stuck = Stuck.of(world);
    if (stuck.isPresent()) {
      world.fail(stuck.get(), Seen.NOTHING);
      return null;
    }
    world.root.kind = OpKind.LOOK;
    world.current = world.root;
    return world.root;
  }
}
