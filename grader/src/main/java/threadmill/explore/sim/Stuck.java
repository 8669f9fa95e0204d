package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import threadmill.model.Kind;

/**
 * Why nobody can move: a cycle of threads that wait for each other, or a wake-up that never came.
 */
final class Stuck {
  private Stuck() {}

  static Optional<Trouble> of(World world) {
    List<SimThread> waiting =
        world.threads().stream().filter(t -> t.isBlocked() && t.kind != OpKind.QUIESCENCE).toList();
    for (SimThread thread : waiting) {
      List<SimThread> cycle = cycle(thread, world);
      if (!cycle.isEmpty()) {
        return Optional.of(deadlock(cycle, world));
      }
    }
    for (SimThread thread : waiting) {
      if (thread.kind == OpKind.MEET) {
        return Optional.of(alone(thread, waiting));
      }
    }
    List<SimThread> stuck = waiting.stream().filter(t -> t.declared && !t.mayWait).toList();
    if (!stuck.isEmpty()) {
      return Optional.of(stuck(stuck, waiting));
    }
    List<SimThread> left = waiting.stream().filter(t -> !t.declared).toList();
    if (world.threadsMustEnd() && !left.isEmpty()) {
      return Optional.of(
          withWaiting(
              Trouble.of(
                  Kind.LEAK,
                  names(left)
                      + (left.size() == 1 ? " is" : " are")
                      + " left behind, waiting for ever"),
              left));
    }
    return Optional.empty();
  }

  /** The threads from this one on, each waiting for the next, if that leads back to it. */
  private static List<SimThread> cycle(SimThread from, World world) {
    List<SimThread> path = new ArrayList<>();
    SimThread next = from;
    while (next != null && !path.contains(next)) {
      path.add(next);
      next = waitsFor(next, world);
    }
    return next == from ? path : List.of();
  }

  private static SimThread waitsFor(SimThread thread, World world) {
    return switch (thread.kind) {
      case ENTER -> thread.monitor.owner;
      case JOIN -> thread.deadline == SimThread.NEVER ? thread.target : null;
      case PARK -> {
        Thread owner = thread.deadline == SimThread.NEVER ? Hooks.ownerOf(thread.blocker) : null;
        yield owner == null ? null : world.of(owner);
      }
      default -> null;
    };
  }

  private static Trouble deadlock(List<SimThread> cycle, World world) {
    if (cycle.size() == 1) {
      SimThread self = cycle.get(0);
      return Trouble.of(
              Kind.DEADLOCK,
              self.name + " waits for " + waitingFor(self) + ", which it holds itself")
          .at(self.seen);
    }
    Trouble trouble =
        Trouble.of(
            Kind.DEADLOCK,
            names(cycle) + " wait for each other in a circle: each holds what the next one needs");
    for (SimThread thread : cycle) {
      SimThread owner = waitsFor(thread, world);
      trouble =
          trouble.with(
              thread.name
                  + place(thread.seen)
                  + " waits for "
                  + waitingFor(thread)
                  + ", which "
                  + owner.name
                  + " holds"
                  + (thread.monitor != null && thread.kind == OpKind.ENTER
                      ? place(thread.monitor.enteredAt).replace(" in ", " since ")
                      : ""));
    }
    return trouble.at(cycle.get(0).seen);
  }

  private static String waitingFor(SimThread thread) {
    return switch (thread.kind) {
      case ENTER -> thread.monitor.name;
      case JOIN -> "the end of " + thread.target.name;
      default -> Names.value(thread.blocker).replaceFirst("^an? ", "the ");
    };
  }

  private static Trouble alone(SimThread met, List<SimThread> waiting) {
    List<SimThread> others =
        waiting.stream().filter(t -> t.kind != OpKind.MEET && !t.mayWait).toList();
    Trouble trouble =
        Trouble.of(Kind.OVERSYNC, "it is not possible that " + met.because)
            .at(others.isEmpty() ? met.seen : others.get(0).seen);
    return withWaiting(trouble, waiting);
  }

  /** Whether it waits for another thread, or spins until one does something. */
  static boolean isKeptWaiting(SimThread thread) {
    return switch (thread.kind) {
      case ENTER, WAKE, TAKE, PARK, JOIN -> thread.isWaiting();
      default -> thread.begun && thread.isYielding();
    };
  }

  /** It waits although it has nothing in common with anybody. */
  static Trouble dependent(SimThread waiting) {
    return dependent(waiting, doing(waiting));
  }

  static Trouble dependent(SimThread waiting, String how) {
    return Trouble.of(Kind.OVERSYNC, "it is not possible that " + waiting.independent)
        .at(waiting.seen)
        .with(waiting.name + place(waiting.seen) + " " + how);
  }

  private static Trouble stuck(List<SimThread> stuck, List<SimThread> waiting) {
    SimThread first = stuck.get(0);
    if (stuck.stream().allMatch(SimThread::isShortlyBack)) {
      return polling(stuck);
    }
    String sentence =
        names(stuck)
            + (stuck.size() == 1 ? " waits" : " wait")
            + " for ever"
            + (first.kind == OpKind.UNTIL
                ? " until " + first.because
                : ": nobody is left who would wake " + (stuck.size() == 1 ? "it" : "them"));
    SimThread shown =
        Stream.concat(stuck.stream(), waiting.stream())
            .filter(t -> t.seen.theirs() && t.kind != OpKind.UNTIL)
            .findFirst()
            .orElse(first);
    return withWaiting(Trouble.of(Kind.STUCK, sentence).at(shown.seen), waiting);
  }

  /** They wake up by themselves and look, and go back to sleep. */
  private static Trouble polling(List<SimThread> polling) {
    String sentence =
        names(polling)
            + (polling.size() == 1 ? " wakes" : " wake")
            + " up again and again to look, and nobody is left who would change anything";
    return withWaiting(Trouble.of(Kind.LIVELOCK, sentence).at(polling.get(0).seen), polling);
  }

  private static Trouble withWaiting(Trouble trouble, List<SimThread> waiting) {
    Trouble result = trouble;
    for (SimThread thread : waiting) {
      result = result.with(thread.name + place(thread.seen) + " " + doing(thread));
    }
    return withEnded(result, waiting);
  }

  /** Who ended by an exception may be the one that others wait for. */
  private static Trouble withEnded(Trouble trouble, List<SimThread> waiting) {
    Trouble result = trouble;
    for (SimThread thread : waiting.isEmpty() ? waiting : waiting.get(0).world.threads()) {
      if (thread.uncaught != null) {
        String how = " ended with " + World.describe(thread.uncaught);
        result = result.with(thread.name + place(thread.uncaughtAt) + how);
      }
    }
    return result;
  }

  private static String doing(SimThread thread) {
    return switch (thread.kind) {
      case ENTER ->
          (thread.monitor.isLock() ? "waits for " : "waits to enter ")
              + thread.monitor.name
              + (thread.monitor.owner == null
                  ? ""
                  : ", which " + thread.monitor.owner.name + " holds");
      case WAKE ->
          thread.monitor.isLock()
              ? "waits on a condition of " + thread.monitor.name + " to be signalled"
              : "waits on " + thread.monitor.name + " to be notified";
      case TAKE -> "waits for " + thread.permits.name;
      case PARK -> "is parked";
      case JOIN -> "waits for the end of " + thread.target.name;
      case UNTIL, MEET -> "waits until " + thread.because;
      case SLEEP -> "is asleep";
      default -> "tries again and again";
    };
  }

  private static String place(Seen seen) {
    return seen.where().map(w -> " in " + w).orElse("");
  }

  private static String names(List<SimThread> threads) {
    return threads.stream().map(t -> t.name).collect(Collectors.joining(" and "));
  }
}
