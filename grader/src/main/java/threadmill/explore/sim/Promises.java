package threadmill.explore.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Load buffering: a plain or opaque read that sees a write which comes later in the run. Who is
 * about to read may have promised the write that it will do after that, if it would do so running
 * alone from here on (Kang, Hur, Lahav, Vafeiadis, Dreyer, "A Promising Semantics for
 * Relaxed-Memory Concurrency", POPL 2017), which is seen in other runs. So no value comes out of
 * thin air. A run in which a promise that somebody relied on is not kept never was.
 *
 * <p>Threads that have synchronized promise nothing, and everybody only the first write after
 * reads.
 */
final class Promises {
  private static final Object UNWRITTEN = "unwritten";

  /** A read of a thread that ran alone: how many accesses came before it and what they gave. */
  private record Glance(int ordinal, int history, int key, Object value) {}

  /** What one thread knows of itself. */
  private static final class Diary {
    private boolean ordered;
    private int accesses;
    private int history;
    private int last = -2;
    private final List<Glance> glances = new ArrayList<>(2);
  }

  /** Somebody has seen what another one has yet to write. */
  private record Debt(SimThread writer, Location at, Object value, SimThread reader) {}

  private final World world;
  private final List<Diary> diaries = new ArrayList<>();
  private final Map<Integer, Location> places = new HashMap<>();
  private final Set<Integer> ambiguous = new HashSet<>();
  private final List<Debt> debts = new ArrayList<>(1);
  private boolean weakly;
  private boolean speculated;

  Promises(World world) {
    this.world = world;
  }

  /** The next operation orders nothing. */
  void weakly() {
    weakly = true;
  }

  /** A thread is about to do something. */
  void announced(SimThread self, OpKind kind) {
    boolean orders = !weakly && kind != OpKind.BEGIN;
    weakly = false;
    if (orders) {
      diary(self).ordered = true;
      if (areOpen() && owes(self)) {
        world.goAway();
      }
    }
  }

  /** Whether what has happened rests on something that has not. */
  boolean areOpen() {
    return !debts.isEmpty();
  }

  private boolean owes(SimThread self) {
    return debts.stream().anyMatch(debt -> debt.writer == self);
  }

  private Diary diary(SimThread thread) {
    while (diaries.size() <= thread.index) {
      diaries.add(new Diary());
    }
    return diaries.get(thread.index);
  }

  /** What others have promised to write here. */
  List<Knowledge.Promise> on(Location at) {
    List<Knowledge.Promise> found = List.of();
    for (Knowledge.Promise promise : world.knowledge.promises(at.key)) {
      if (promise.thread() < world.threads.size() && isGood(promise)) {
        found = found.isEmpty() ? new ArrayList<>(2) : found;
        found.add(promise);
      }
    }
    return found;
  }

  private boolean isGood(Knowledge.Promise promise) {
    SimThread writer = world.threads.get(promise.thread());
    Diary diary = diary(writer);
    return writer != world.current
        && !writer.ended
        && !diary.ordered
        && diary.accesses == promise.ordinal()
        && (promise.history() == null || diary.history == promise.history())
        && promise.needs().entrySet().stream()
            .allMatch(need -> Objects.equals(newest(need.getKey()), need.getValue()));
  }

  private Object newest(int key) {
    Location at = places.get(key);
    return at == null || at.versions == null ? UNWRITTEN : at.newest().value;
  }

  /** The current thread sees what was promised. */
  Object rely(Knowledge.Promise promise, Location at) {
    debts.add(new Debt(world.threads.get(promise.thread()), at, promise.value(), world.current));
    speculated = true;
    read(at, promise.value(), false);
    return promise.value();
  }

  /** What the current thread sees by coherence, because it has seen it before; or null. */
  Object coherent(Location at) {
    for (Debt debt : debts) {
      if (debt.at == at) {
        if (debt.reader != world.current) {
          world.goAway();
        }
        read(at, debt.value, false);
        return debt.value;
      }
    }
    return null;
  }

  /** The current thread has read weakly. */
  void read(Location at, Object value, boolean newest) {
    know(at);
    Diary diary = diary(world.current);
    if (diary.ordered) {
      return;
    }
    if (!isPlainData(value)) {
      diary.ordered = true;
      return;
    }
    goOn(diary);
    if (newest && !speculated) {
      Object seen = at.versions == null ? UNWRITTEN : value;
      diary.glances.add(new Glance(diary.accesses, diary.history, at.key, seen));
    } else {
      diary.glances.clear();
    }
    diary.accesses++;
    diary.history = 31 * (31 * diary.history + at.key) + Objects.hashCode(value);
  }

  /** The current thread has written weakly. */
  void wrote(Location at, Object value) {
    know(at);
    SimThread self = world.current;
    keep(self, at, value);
    Diary diary = diary(self);
    if (diary.ordered) {
      return;
    }
    goOn(diary);
    if (isPlainData(value) && !speculated && !ambiguous.contains(at.key)) {
      for (int i = 0; i < diary.glances.size(); i++) {
        promise(self, diary.glances.subList(i, diary.glances.size()), at, value);
      }
    }
    diary.glances.clear();
    diary.accesses++;
  }

  private void promise(SimThread self, List<Glance> alone, Location at, Object value) {
    Map<Integer, Object> needs = new HashMap<>();
    for (Glance glance : alone) {
      if (glance.key == at.key || ambiguous.contains(glance.key)) {
        return;
      }
      needs.put(glance.key, glance.value);
    }
    Glance first = alone.get(0);
    world.knowledge.learn(
        new Knowledge.Promise(self.index, first.ordinal, first.history, at.key, value, needs));
  }

  private void keep(SimThread self, Location at, Object value) {
    for (Debt debt : List.copyOf(debts)) {
      if (debt.at != at) {
        continue;
      }
      if (debt.writer != self || !Objects.equals(debt.value, value)) {
        world.goAway();
      }
      at.visits(debt.reader.index).floor = at.newest();
      debts.remove(debt);
    }
  }

  /** Forgets what it read before, unless nobody else has done anything since. */
  private void goOn(Diary diary) {
    if (diary.last != world.count - 2) {
      diary.glances.clear();
    }
    diary.last = world.count - 1;
  }

  private void know(Location at) {
    Location known = places.putIfAbsent(at.key, at);
    if (known != null && known != at) {
      ambiguous.add(at.key);
    }
  }

  private static boolean isPlainData(Object value) {
    return value == null
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Boolean;
  }
}
