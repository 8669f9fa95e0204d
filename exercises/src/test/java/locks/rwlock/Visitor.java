package locks.rwlock;

import threadmill.harness.Crew;
import threadmill.harness.Meeting;
import threadmill.harness.Step;
import threadmill.model.Kind;

/** A thread that goes in, stays until it is told to leave, and goes out again. */
final class Visitor {
  private final Crew crew;
  private final String call;
  private final Meeting inside;
  private final Meeting door;
  private final Step<Void> step;

  private Visitor(Crew crew, String call, Way in, Way out) {
    this.crew = crew;
    this.call = call;
    this.inside = crew.meeting(1);
    this.door = crew.meeting(Integer.MAX_VALUE);
    this.step =
        crew.does(
            call,
            () -> {
              in.go();
              inside.attend();
              door.attend();
              out.go();
            });
  }

  @FunctionalInterface
  private interface Way {
    void go() throws InterruptedException;
  }

  static Visitor reads(Crew crew, RwLock lock) {
    return new Visitor(crew, "lockRead()", lock::lockRead, lock::unlockRead);
  }

  static Visitor writes(Crew crew, RwLock lock) {
    return new Visitor(crew, "lockWrite()", lock::lockWrite, lock::unlockWrite);
  }

  /** Must be let in; the reason completes "should return because …". */
  Visitor isIn(String because) {
    crew.until(
        () -> inside.arrived() > 0 || step.isOver(),
        call + " should return because " + because + ", but it waits for ever");
    if (step.isOver()) {
      step.finishes(because);
    }
    return this;
  }

  /** Must wait, and wait quietly; the reason completes "although …". */
  Visitor waits(String although) {
    step.blocks(although);
    return requireOutside(" returned although " + although);
  }

  /** Must come to wait; how quietly is not asked. */
  Visitor comesToWait(String although) {
    crew.untilWaitingOr(step, () -> inside.arrived() > 0);
    if (step.isOver()) {
      step.blocks(although);
    }
    return requireOutside(" returned although " + although);
  }

  Visitor survivesSpuriousWakeUp(String although) {
    step.survivesSpuriousWakeUp(although);
    return requireOutside(" returned after a spurious wake-up although " + although);
  }

  void isInterrupted() {
    step.interrupt().fails(InterruptedException.class, "its thread was interrupted while it waited");
  }

  void leaves() {
    door.dismiss();
    step.finishes("whoever is inside may go out");
  }

  private Visitor requireOutside(String sentence) {
    if (inside.arrived() > 0) {
      throw crew.failureAt(call, Kind.SAFETY, call + sentence);
    }
    return this;
  }
}
