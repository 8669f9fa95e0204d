package locks.rwlock;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import threadmill.explore.History;
import threadmill.explore.Rendezvous;
import threadmill.explore.Scenario;
import threadmill.explore.Section;
import threadmill.explore.Tally;
import threadmill.explore.Turnstile;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Explore;

/** What a lock for readers and writers promises under every schedule. */
@Contract
final class RwLockUnderAllSchedulesTest {
  /** Who comes. */
  enum Comer {
    READER,
    WRITER
  }

  @CheckId(value = "X1", points = 2)
  @Explore
  void two_writers_and_a_reader_are_never_inside_together(Scenario s) {
    RwLock lock = new RwLock();
    Section inside = s.section("what the lock guards");
    s.thread("writer A", () -> write(lock, inside));
    s.thread("writer B", () -> write(lock, inside));
    s.thread("reader", () -> read(lock, inside));
  }

  @CheckId(value = "X2", points = 2)
  @Explore
  void two_readers_and_a_writer_all_get_in(Scenario s) {
    RwLock lock = new RwLock();
    Section inside = s.section("what the lock guards");
    s.thread("reader A", () -> read(lock, inside));
    s.thread("reader B", () -> read(lock, inside));
    s.thread("writer", () -> write(lock, inside));
  }

  private static void read(RwLock lock, Section inside) throws InterruptedException {
    lock.lockRead();
    inside.enterShared();
    inside.leave();
    lock.unlockRead();
  }

  private static void write(RwLock lock, Section inside) throws InterruptedException {
    lock.lockWrite();
    inside.enter();
    inside.leave();
    lock.unlockWrite();
  }

  @CheckId(value = "X3", points = 2)
  @Explore
  void two_readers_are_inside_at_once_when_a_writer_has_left(Scenario s) {
    RwLock lock = new RwLock();
    Tally inside = s.tally("a writer is inside");
    Rendezvous together = s.rendezvous("two readers are inside at once", 2);
    s.thread(
        "writer",
        () -> {
          lock.lockWrite();
          inside.add(1);
          lock.unlockWrite();
        });
    for (String name : List.of("reader A", "reader B")) {
      s.thread(
          name,
          () -> {
            s.until("a writer is inside or has left", () -> inside.get() == 1);
            lock.lockRead();
            together.meet();
            lock.unlockRead();
          });
    }
  }

  /** One is inside while the others come, one after the other, and wait; then it leaves. */
  @Property(tries = 8)
  @CheckId(value = "X4", points = 3)
  void nobody_is_passed_by_those_who_came_later(
      @ForAll Comer first, @ForAll @Size(2) List<Comer> others, Scenario s) {
    s.noSpuriousWakeUps();
    RwLock lock = new RwLock();
    Tally inside = s.tally("the first is inside");
    Tally entered = s.tally("who has come in, one bit each");
    List<Comer> line = new ArrayList<>(others);
    if (first == Comer.READER) {
      line.add(0, Comer.WRITER);
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < line.size(); i++) {
      names.add(line.get(i).name().toLowerCase() + " " + (i + 1));
    }
    s.thread(
        "the first",
        () -> {
          lock(lock, first);
          inside.add(1);
          names.forEach(s::untilWaiting);
          unlock(lock, first);
        });
    for (int i = 0; i < line.size(); i++) {
      int me = i;
      s.thread(
          names.get(i),
          () -> {
            s.until("the first is inside", () -> inside.get() == 1);
            names.subList(0, me).forEach(s::untilWaiting);
            lock(lock, line.get(me));
            requireNobodyPassed(s, first, line, me, entered.get());
            entered.add(1 << me);
            unlock(lock, line.get(me));
          });
    }
  }

  private static void requireNobodyPassed(
      Scenario s, Comer first, List<Comer> line, int me, int entered) {
    if (line.get(me) == Comer.WRITER) {
      for (int i = 0; i < me; i++) {
        s.require(
            line.get(i) == Comer.WRITER || (entered >> i & 1) == 1,
            "a writer went in before a reader that had come before it");
      }
    } else if (first == Comer.READER) {
      s.require(
          (entered & 1) == 1,
          "a reader went in before a writer that had been waiting for the readers to leave");
    }
  }

  private static void lock(RwLock lock, Comer comer) throws InterruptedException {
    if (comer == Comer.READER) {
      lock.lockRead();
    } else {
      lock.lockWrite();
    }
  }

  private static void unlock(RwLock lock, Comer comer) {
    if (comer == Comer.READER) {
      lock.unlockRead();
    } else {
      lock.unlockWrite();
    }
  }

  @CheckId(value = "X5", points = 2)
  @Explore
  void who_waited_only_for_an_interrupted_writer_goes_in(Scenario s) {
    RwLock lock = new RwLock();
    Tally inside = s.tally("a reader is inside");
    Tally joined = s.tally("another reader has joined it");
    s.thread(
        "reader A",
        () -> {
          lock.lockRead();
          inside.add(1);
          s.until("reader B has joined reader A", () -> joined.get() == 1);
          lock.unlockRead();
        });
    s.thread(
        "writer",
        () -> {
          s.until("a reader is inside", () -> inside.get() == 1);
          giveUpWhenInterrupted(lock, Comer.WRITER);
        });
    s.thread(
        "reader B",
        () -> {
          s.until("a reader is inside", () -> inside.get() == 1);
          s.untilWaiting("writer");
          lock.lockRead();
          joined.add(1);
          lock.unlockRead();
        });
    s.thread(
        "C",
        () -> {
          s.until("a reader is inside", () -> inside.get() == 1);
          s.untilWaiting("writer");
          s.interrupt("writer");
        });
  }

  /** The interrupt and the leave of the writer inside come at the same time. */
  @Property(tries = 4)
  @CheckId(value = "X6", points = 2)
  void an_interrupt_loses_nobodys_turn(
      @ForAll Comer interrupted, @ForAll Comer behind, Scenario s) {
    RwLock lock = new RwLock();
    Tally inside = s.tally("a writer is inside");
    s.thread(
        "the first",
        () -> {
          lock.lockWrite();
          inside.add(1);
          s.untilWaiting("interrupted");
          s.untilWaiting("behind");
          lock.unlockWrite();
        });
    s.thread(
        "interrupted",
        () -> {
          s.until("a writer is inside", () -> inside.get() == 1);
          giveUpWhenInterrupted(lock, interrupted);
        });
    s.thread(
        "behind",
        () -> {
          s.until("a writer is inside", () -> inside.get() == 1);
          s.untilWaiting("interrupted");
          lock(lock, behind);
          unlock(lock, behind);
        });
    s.thread(
        "C",
        () -> {
          s.until("a writer is inside", () -> inside.get() == 1);
          s.untilWaiting("interrupted");
          s.untilWaiting("behind");
          s.interrupt("interrupted");
        });
    s.atEnd(
        "when everybody has left, tryWrite() returns true",
        () -> {
          boolean free = lock.tryWrite();
          if (free) {
            lock.unlockWrite();
          }
          return free;
        });
  }

  private static void giveUpWhenInterrupted(RwLock lock, Comer comer) {
    try {
      lock(lock, comer);
    } catch (InterruptedException e) {
      return;
    }
    unlock(lock, comer);
  }

  /** Who is inside, for one thread at a time. */
  private static final class Room {
    private int readers;
    private boolean writer;

    boolean isEmpty() {
      return readers == 0 && !writer;
    }
  }

  @CheckId(value = "X7", points = 2)
  @Explore
  void trying_to_write_tells_the_truth_at_one_instant(Scenario s) {
    RwLock lock = new RwLock();
    Section inside = s.section("what the lock guards");
    History<Room> history = s.history(Room::new);
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            if (history.call("tryWrite()", lock::tryWrite, room -> tryWrite(room))) {
              inside.enter();
              inside.leave();
              history.call("unlockWrite()", () -> done(lock::unlockWrite), room -> leave(room));
            }
          });
    }
    s.thread(
        "C",
        () -> {
          history.call(
              "lockRead()",
              () -> {
                lock.lockRead();
                return null;
              },
              room -> enterAsReader(room));
          inside.enterShared();
          inside.leave();
          history.call(
              "unlockRead()",
              () -> done(lock::unlockRead),
              room -> {
                room.readers--;
                return null;
              });
        });
  }

  private static Object done(Runnable call) {
    call.run();
    return null;
  }

  private static boolean tryWrite(Room room) {
    if (!room.isEmpty()) {
      return false;
    }
    room.writer = true;
    return true;
  }

  private static Object leave(Room room) {
    room.writer = false;
    return null;
  }

  private static Object enterAsReader(Room room) {
    if (room.writer) {
      throw History.mustWait();
    }
    room.readers++;
    return null;
  }

  @CheckId(value = "X8", points = 2)
  @Explore
  void readers_that_come_and_go_do_not_keep_a_writer_out(Scenario s) {
    s.noSpuriousWakeUps();
    RwLock lock = new RwLock();
    Turnstile door = s.turnstile("the lock", 1);
    Tally inside = s.tally("a reader is inside");
    s.thread(
        "writer",
        () -> {
          s.until("a reader is inside", () -> inside.get() == 1);
          door.wants();
          lock.lockWrite();
          door.enters();
          lock.unlockWrite();
        });
    s.thread(
        "reader A",
        () -> {
          lock.lockRead();
          inside.add(1);
          s.untilWaiting("writer");
          lock.unlockRead();
          comeAndGo(lock, door);
        });
    s.thread(
        "reader B",
        () -> {
          s.until("a reader is inside", () -> inside.get() == 1);
          s.untilWaiting("writer");
          comeAndGo(lock, door);
          comeAndGo(lock, door);
        });
  }

  private static void comeAndGo(RwLock lock, Turnstile door) throws InterruptedException {
    door.comes();
    lock.lockRead();
    door.enters();
    lock.unlockRead();
  }

  /** The one who waits may have been woken, and not yet be inside. */
  @Property(tries = 2)
  @CheckId(value = "X9", points = 2)
  void trying_to_write_overtakes_nobody_who_waits(@ForAll Comer waiting, Scenario s) {
    RwLock lock = new RwLock();
    Tally written = s.tally("a writer is inside");
    Tally been = s.tally("the one who waited has been inside");
    s.thread(
        "A",
        () -> {
          lock.lockWrite();
          written.add(1);
          s.untilWaiting("B");
          lock.unlockWrite();
          if (lock.tryWrite()) {
            s.require(
                been.get() == 1, "tryWrite() returned true although B had come before and waited");
            lock.unlockWrite();
          }
        });
    s.thread(
        "B",
        () -> {
          s.until("a writer is inside", () -> written.get() == 1);
          lock(lock, waiting);
          been.add(1);
          unlock(lock, waiting);
        });
  }

  /** Whoever goes in may have to tell the next one that it can follow, and nobody else. */
  @CheckId(value = "X10", points = 2)
  @Explore
  void two_readers_go_in_together_although_a_writer_waits_behind_them(Scenario s) {
    s.noSpuriousWakeUps();
    RwLock lock = new RwLock();
    Tally come = s.tally("who has come");
    Rendezvous together = s.rendezvous("two readers are inside at once", 2);
    List<String> line = List.of("reader A", "reader B", "writer B");
    s.thread(
        "writer A",
        () -> {
          lock.lockWrite();
          come.add(1);
          s.until("the others have come", () -> come.get() == 4);
          s.untilWaiting("writer B");
          lock.unlockWrite();
        });
    for (String name : line) {
      int before = line.indexOf(name);
      s.thread(
          name,
          () -> {
            s.until("it is its turn to come", () -> come.get() == before + 1);
            line.subList(0, before).forEach(s::untilWaiting);
            come.add(1);
            if (name.equals("writer B")) {
              lock.lockWrite();
              lock.unlockWrite();
            } else {
              lock.lockRead();
              together.meet();
              lock.unlockRead();
            }
          });
    }
  }

  /** A call of a small program. */
  enum Call {
    LOCK_READ,
    LOCK_WRITE,
    TRY_WRITE,
    UNLOCK_READ,
    UNLOCK_WRITE,
    INTERRUPT_A,
    INTERRUPT_B
  }

  /** The promise: who is inside. */
  private static final class Inside {
    private final Set<String> readers = new HashSet<>();
    private String writer;

    boolean lockRead(String thread) {
      mustNotHold(thread);
      if (writer != null) {
        throw History.mustWait();
      }
      return readers.add(thread);
    }

    boolean lockWrite(String thread) {
      mustNotHold(thread);
      if (writer != null || !readers.isEmpty()) {
        throw History.mustWait();
      }
      writer = thread;
      return true;
    }

    boolean tryWrite(String thread) {
      boolean free = writer == null && readers.isEmpty();
      writer = free ? thread : writer;
      return free;
    }

    boolean unlockRead(String thread) {
      if (!readers.remove(thread)) {
        throw new IllegalMonitorStateException();
      }
      return true;
    }

    boolean unlockWrite(String thread) {
      if (!thread.equals(writer)) {
        throw new IllegalMonitorStateException();
      }
      writer = null;
      return true;
    }

    private void mustNotHold(String thread) {
      if (thread.equals(writer) || readers.contains(thread)) {
        throw new IllegalStateException();
      }
    }
  }

  /** Who is inside leaves in the end, so that nobody may wait for ever. */
  @Property(tries = 40)
  @CheckId(value = "P2", points = 2)
  void every_small_program_sees_readers_or_a_writer(
      @ForAll @Size(min = 1, max = 3) List<Call> a,
      @ForAll @Size(min = 1, max = 2) List<Call> b,
      @ForAll @Size(max = 1) List<Call> c,
      Scenario s) {
    s.noSpuriousWakeUps();
    RwLock lock = new RwLock();
    History<Inside> history = s.history(Inside::new);
    s.thread("A", () -> new Player("A", lock, history, s).perform(a));
    s.thread("B", () -> new Player("B", lock, history, s).perform(b));
    s.thread("C", () -> new Player("C", lock, history, s).perform(c));
    s.atEnd("nobody is inside or waits", lock::tryWrite);
  }

  /** Makes the calls of one thread. */
  private static final class Player {
    private final String thread;
    private final RwLock lock;
    private final History<Inside> history;
    private final Scenario scenario;
    private boolean reads;
    private boolean writes;

    Player(String thread, RwLock lock, History<Inside> history, Scenario scenario) {
      this.thread = thread;
      this.lock = lock;
      this.history = history;
      this.scenario = scenario;
    }

    void perform(List<Call> calls) throws Exception {
      for (Call call : calls) {
        try {
          make(call);
        } catch (InterruptedException | IllegalStateException | IllegalMonitorStateException e) {
          // Whether it may end so is for the history to say.
        }
      }
      if (reads) {
        unlockRead();
      }
      if (writes) {
        unlockWrite();
      }
    }

    private void make(Call call) throws Exception {
      switch (call) {
        case LOCK_READ ->
            reads |=
                history.interruptible(
                    "lockRead()",
                    () -> {
                      lock.lockRead();
                      return true;
                    },
                    inside -> inside.lockRead(thread));
        case LOCK_WRITE ->
            writes |=
                history.interruptible(
                    "lockWrite()",
                    () -> {
                      lock.lockWrite();
                      return true;
                    },
                    inside -> inside.lockWrite(thread));
        case TRY_WRITE ->
            writes |=
                history.call("tryWrite()", lock::tryWrite, inside -> inside.tryWrite(thread));
        case UNLOCK_READ -> unlockRead();
        case UNLOCK_WRITE -> unlockWrite();
        case INTERRUPT_A -> scenario.interrupt("A");
        case INTERRUPT_B -> scenario.interrupt("B");
        default -> throw new AssertionError(call);
      }
    }

    private void unlockRead() throws Exception {
      reads &=
          !history.call(
              "unlockRead()",
              () -> {
                lock.unlockRead();
                return true;
              },
              inside -> inside.unlockRead(thread));
    }

    private void unlockWrite() throws Exception {
      writes &=
          !history.call(
              "unlockWrite()",
              () -> {
                lock.unlockWrite();
                return true;
              },
              inside -> inside.unlockWrite(thread));
    }
  }
}
