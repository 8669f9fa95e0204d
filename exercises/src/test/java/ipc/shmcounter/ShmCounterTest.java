package ipc.shmcounter;

import java.io.IOException;
import java.lang.Thread.State;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Door;
import threadmill.harness.Failure;
import threadmill.harness.Meeting;
import threadmill.harness.Processes;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.harness.Students;
import threadmill.model.Kind;

/** What counters promise that several processes share. */
@Contract
class ShmCounterTest {
  private static final String OPEN = "open(file, slots)";
  private static final String GET = "get(slot)";
  private static final String ATOMIC = "addAtomic(slot, delta)";
  private static final String LOCKED = "updateLocked(slot, change)";
  private static final int SLOTS = 4;

  /** How long the kernel may take to say that somebody waits; after that it is taken for granted. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** More time of the processor than it takes to begin to sleep, with all classes still to load. */
  private static final Duration BUSY = Duration.ofMillis(400);

  private final List<Door> doors = new ArrayList<>();

  @AfterEach
  @AfterTry
  void endWhatIsLeft() {
    Processes.endAll();
    doors.forEach(Door::close);
    doors.clear();
  }

  // One process

  @CheckId(value = "M1", points = 2)
  @Test
  void the_counters_lie_in_the_file(Crew crew, @TempDir Path dir) throws IOException {
    Path file = dir.resolve("counters");
    ShmCounter counter = open(crew, file);
    ShmCounter again = open(crew, file);

    same(GET, 0, crew.answer(GET, () -> counter.get(3)), "nobody has added anything");
    same("addRacy(slot, delta)", 7, crew.answer("addRacy(slot, delta)", () -> counter.addRacy(3, 7)), "0 + 7");
    same(ATOMIC, 5, crew.answer(ATOMIC, () -> counter.addAtomic(3, -2)), "7 - 2");
    same(LOCKED, 10, crew.answer(LOCKED, () -> counter.updateLocked(3, v -> v * 2)), "5 * 2");
    same(GET, 10, crew.answer(GET, () -> counter.get(3)), "5 * 2");
    same(GET, 0, crew.answer(GET, () -> counter.get(2)), "only another slot was changed");
    same(GET, 10, crew.answer(GET, () -> again.get(3)), "another one on the same file changed it");

    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length != 8 * SLOTS) {
      throw wrong(OPEN, "a file of 4 slots should be 32 bytes long, it is " + bytes.length);
    }
    long stored = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getLong(24);
    same(GET, 10, stored, "that is what the eight bytes of slot 3 in the file say");
    for (int slot : new int[] {-1, SLOTS}) {
      crew.asks(ATOMIC, () -> counter.addAtomic(slot, 1))
          .fails(IndexOutOfBoundsException.class, "there is no slot " + slot);
    }
    crew.done("close()", counter::close);
    crew.done("close()", again::close);
    ShmCounter later = open(crew, file);
    same(GET, 10, crew.answer(GET, () -> later.get(3)), "the file was closed and opened again");
    long far = -5_000_000_000L;
    String because = "a number has eight bytes";
    same(ATOMIC, far, crew.answer(ATOMIC, () -> later.addAtomic(0, far)), because);
    same(LOCKED, 2 * far, crew.answer(LOCKED, () -> later.updateLocked(0, v -> v * 2)), because);
    same("addRacy(slot, delta)", far, crew.answer("addRacy(slot, delta)", () -> later.addRacy(0, -far)), because);
    same(GET, far, crew.answer(GET, () -> later.get(0)), because);
  }

  @CheckId(value = "M2", points = 2)
  @Test
  void threads_exclude_each_other(Crew crew, @TempDir Path dir) {
    ShmCounter counter = open(crew, dir.resolve("counters"));
    ShmCounter again = open(crew, dir.resolve("counters"));
    Meeting inside = crew.meeting(2);
    Step<Long> first = updating(crew, counter, 1, inside);
    crew.until(() -> inside.arrived() == 1 || first.isOver(), "no change was asked for");

    Step<Long> second = crew.asks(LOCKED, () -> counter.updateLocked(1, v -> v * 10));
    Step<Long> third = crew.asks(LOCKED, () -> again.updateLocked(1, v -> v * 10));
    second.blocks("another thread is changing the slot");
    third.blocks("another thread is changing the slot, through another object on the same file");
    inside.dismiss();

    same(LOCKED, 1, first.finishes("nobody else changes the slot"), "0 + 1");
    long sum = second.finishes("the other thread is done") + third.finishes("the others are done");
    same(LOCKED, 110, sum, "1 was multiplied by ten twice, once after the other: 10 + 100");
  }

  @CheckId(value = "M3", points = 2)
  @Test
  void a_change_that_throws_changes_nothing_and_holds_up_nobody(Crew crew, @TempDir Path dir) {
    Path file = dir.resolve("counters");
    ShmCounter counter = open(crew, file);
    crew.done(ATOMIC, () -> counter.addAtomic(1, 5));

    crew.asks(LOCKED, () -> counter.updateLocked(1, v -> Math.toIntExact(1L << 40)))
        .fails(ArithmeticException.class, "its change threw that");
    goesOn(crew, counter, file, 5);
    crew.asks(LOCKED, () -> counter.updateLocked(1, v -> asBadAsCanBe()))
        .fails(AssertionError.class, "its change threw that");
    goesOn(crew, counter, file, 6);
  }

  private static void goesOn(Crew crew, ShmCounter counter, Path file, long value) {
    same(GET, value, crew.answer(GET, () -> counter.get(1)), "the change threw");
    Step<Long> next = crew.asks(LOCKED, () -> counter.updateLocked(1, v -> v + 1));
    String because = value + " + 1";
    same(LOCKED, value + 1, next.finishes("nobody is inside: the one before threw"), because);
    mustNotBeLocked(crew, file, 1, "nobody is inside any more");
  }

  private static long asBadAsCanBe() {
    throw new AssertionError("as bad as can be");
  }

  /** The file is longer than the slots that were asked for. */
  @CheckId(value = "M8", points = 2)
  @Test
  void every_method_knows_which_slots_there_are(Crew crew, @TempDir Path dir) throws IOException {
    Path file = Files.write(dir.resolve("counters"), new byte[8 * 3 * SLOTS]);
    ShmCounter counter = open(crew, file);
    for (int slot : new int[] {-1, SLOTS, 2 * SLOTS, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      String because = "there is no slot " + slot;
      Class<IndexOutOfBoundsException> outside = IndexOutOfBoundsException.class;
      crew.asks(GET, () -> counter.get(slot)).fails(outside, because);
      crew.asks("addRacy(slot, delta)", () -> counter.addRacy(slot, 1)).fails(outside, because);
      crew.asks(ATOMIC, () -> counter.addAtomic(slot, 1)).fails(outside, because);
      crew.asks(LOCKED, () -> counter.updateLocked(slot, v -> v + 1)).fails(outside, because);
    }
    same(LOCKED, 1, crew.answer(LOCKED, () -> counter.updateLocked(0, v -> v + 1)), "0 + 1");
  }

  @CheckId(value = "M9", points = 2)
  @Test
  void a_file_is_the_same_by_whatever_name(Crew crew, @TempDir Path dir) throws IOException {
    Path file = dir.resolve("counters");
    ShmCounter counter = open(crew, file);
    List<Path> names = new ArrayList<>();
    names.add(Files.createDirectory(dir.resolve("folder")).resolve("..").resolve("counters"));
    try {
      names.add(Files.createSymbolicLink(dir.resolve("link"), file));
    } catch (IOException | UnsupportedOperationException e) {
      // Then a file has no second name of this kind here.
    }
    for (Path name : names) {
      ShmCounter again = open(crew, name);
      Meeting inside = crew.meeting(2);
      Step<Long> update = updating(crew, counter, 1, inside);
      crew.until(() -> inside.arrived() == 1 || update.isOver(), "no change was asked for");
      Step<Long> rival = crew.asks(LOCKED, () -> again.updateLocked(1, v -> v));
      rival.blocks("another thread is changing the slot, by another name of the file");
      crew.asks(LOCKED, () -> again.updateLocked(2, v -> v + 1))
          .finishes("only another slot is being changed");
      inside.dismiss();
      update.finishes("nobody else changes the slot");
      rival.finishes("the other thread is done");
      crew.done("close()", again::close);
    }
  }

  @CheckId(value = "M10", points = 2)
  @Test
  void a_file_is_made_longer_and_never_shorter(Crew crew, @TempDir Path dir) throws IOException {
    ByteBuffer numbers = ByteBuffer.allocate(8 * 6).order(ByteOrder.nativeOrder());
    for (int slot = 0; slot < 6; slot++) {
      numbers.putLong(8 * slot, 100 + slot);
    }
    // From nothing at all to more than is asked for, and one that ends inside a slot.
    for (int bytes : new int[] {0, 8, 28, 8 * SLOTS, 8 * 6}) {
      byte[] before = Arrays.copyOf(numbers.array(), bytes);
      Path file = Files.write(dir.resolve("counters " + bytes), before);

      ShmCounter counter = open(crew, file);

      byte[] kept = Files.readAllBytes(file);
      int wanted = Math.max(bytes, 8 * SLOTS);
      if (kept.length != wanted) {
        throw wrong(
            OPEN,
            "a file of %d bytes that is opened with 4 slots should be %d bytes long then"
                .formatted(bytes, wanted),
            "it is " + kept.length);
      }
      if (!Arrays.equals(before, Arrays.copyOf(kept, bytes))) {
        throw wrong(OPEN, "open(file, slots) should keep what is in the file, it does not");
      }
      long stored = ByteBuffer.wrap(kept).order(ByteOrder.nativeOrder()).getLong(8);
      same(GET, stored, crew.answer(GET, () -> counter.get(1)), "that is what the file says");
    }
  }

  @CheckId(value = "M11", points = 2)
  @Test
  void counters_of_one_file_may_have_different_numbers_of_slots(Crew crew, @TempDir Path dir) {
    Path file = dir.resolve("counters");
    ShmCounter few = crew.answer(OPEN, () -> ShmCounter.open(file, 2));
    Meeting inside = crew.meeting(2);
    Step<Long> update = updating(crew, few, 1, inside);
    crew.until(() -> inside.arrived() == 1 || update.isOver(), "no change was asked for");

    ShmCounter many = crew.answer(OPEN, () -> ShmCounter.open(file, 2 * SLOTS));

    mustBeLocked(crew, file, 1, "the file was opened with more slots meanwhile");
    Step<Long> rival = crew.asks(LOCKED, () -> many.updateLocked(1, v -> v * 10));
    rival.blocks("another thread is changing the slot, through an object with fewer slots");
    int last = 2 * SLOTS - 1;
    Step<Long> beside = crew.asks(LOCKED, () -> many.updateLocked(last, v -> v + 7));
    same(LOCKED, 7, beside.finishes("only another slot is being changed"), "0 + 7");
    crew.asks(GET, () -> few.get(2))
        .fails(IndexOutOfBoundsException.class, "it was opened with 2 slots");
    inside.dismiss();
    same(LOCKED, 1, update.finishes("nobody else changes the slot"), "0 + 1");
    same(LOCKED, 10, rival.finishes("the other thread is done"), "1 * 10");
    crew.done("close()", few::close);
    same(GET, 7, crew.answer(GET, () -> many.get(last)), "only the one with 2 slots was closed");
  }

  @CheckId(value = "M12", points = 2)
  @Test
  void no_slot_waits_for_another(Crew crew, @TempDir Path dir) {
    int slots = 100;
    int held = 37;
    ShmCounter counter = crew.answer(OPEN, () -> ShmCounter.open(dir.resolve("counters"), slots));
    ShmCounter other = crew.answer(OPEN, () -> ShmCounter.open(dir.resolve("others"), slots));
    Meeting inside = crew.meeting(2);
    Step<Long> update = updating(crew, counter, held, inside);
    crew.until(() -> inside.arrived() == 1 || update.isOver(), "no change was asked for");

    crew.does(
            LOCKED,
            () -> {
              for (int slot = 0; slot < slots; slot++) {
                if (slot != held) {
                  counter.updateLocked(slot, v -> v + 1);
                }
              }
            })
        .finishes("only another slot is being changed");
    crew.asks(LOCKED, () -> other.updateLocked(held, v -> v + 1))
        .finishes("only a slot of another file is being changed");
    inside.dismiss();
    update.finishes("nobody else changes the slot");
  }

  // Several processes

  @CheckId(value = "M4", points = 2)
  @Test
  void processes_exclude_each_other(Crew crew, @TempDir Path dir) {
    Path file = dir.resolve("counters");
    ShmCounter counter = open(crew, file);
    Door door = door();
    Other other = arrived(crew, Other.inside(file, SLOTS, 1, door), door);

    Step<Long> update = crew.asks(LOCKED, () -> counter.updateLocked(1, v -> v * 10));
    untilItWaits(crew, update);
    if (update.isOver()) {
      update.finishes("its change throws nothing");
      throw Failure.of(
          Kind.SAFETY,
          "updateLocked(slot, change) changed a slot while another process was changing it",
          Students.lineOf(LOCKED),
          List.of());
    }
    mustSleep(crew, update);
    door.letIn();

    long value = update.finishes("the other process has left");
    same(LOCKED, 1_000, value, "the other process added 100 before, and then it was times ten");
    crew.until(() -> !other.isAlive(), "the other process should end");
  }

  @CheckId(value = "M5", points = 2)
  @Test
  void the_lock_of_a_slot_is_a_file_lock_on_its_eight_bytes(Crew crew, @TempDir Path dir) {
    Path file = dir.resolve("counters");
    ShmCounter counter = open(crew, file);
    Door door = door();
    arrived(crew, Other.holding(file, 1, door), door);

    for (int slot : new int[] {0, 2}) {
      crew.asks(LOCKED, () -> counter.updateLocked(slot, v -> v + 1))
          .finishes("another process has locked the bytes 8 to 15, which belong to another slot");
    }
    Step<Long> update = crew.asks(LOCKED, () -> counter.updateLocked(1, v -> v + 1));
    untilItWaits(crew, update);
    if (update.isOver()) {
      update.finishes("its change throws nothing");
      throw wrong(
          LOCKED,
          "updateLocked(1, change) went on while another process held the lock on the bytes 8 to"
              + " 15, as all have agreed");
    }
    door.letIn();
    update.finishes("the other process has let go");
  }

  @CheckId(value = "M6", points = 2)
  @Test
  void a_process_that_is_killed_inside_holds_up_nobody(Crew crew, @TempDir Path dir) {
    Path file = dir.resolve("counters");
    ShmCounter counter = open(crew, file);
    Door door = door();
    Other other = arrived(crew, Other.inside(file, SLOTS, 1, door), door);

    other.kill();
    crew.until(() -> !other.isAlive(), "a process that was killed should be dead");

    Step<Long> update = crew.asks(LOCKED, () -> counter.updateLocked(1, v -> v + 1));
    long value = update.finishes("the process that was inside is dead, and its locks with it");
    same(LOCKED, 1, value, "the process that was killed had not written yet: 0 + 1");
  }

  @CheckId(value = "M7", points = 2)
  @Test
  void what_others_close_takes_no_lock_away(Crew crew, @TempDir Path dir) {
    Path file = dir.resolve("counters");
    ShmCounter counter = open(crew, file);
    Meeting inside = crew.meeting(2);
    Step<Long> update = updating(crew, counter, 1, inside);
    crew.until(() -> inside.arrived() == 1 || update.isOver(), "no change was asked for");

    crew.done(LOCKED, () -> counter.updateLocked(2, v -> v + 1));
    mustBeLocked(crew, file, 1, "another slot was changed and let go meanwhile");
    ShmCounter again = open(crew, file);
    crew.done("close()", again::close);
    mustBeLocked(crew, file, 1, "another ShmCounter on the same file was closed meanwhile");
    crew.done("close()", again::close);
    mustBeLocked(crew, file, 1, "another ShmCounter on the same file was closed twice meanwhile");

    inside.dismiss();
    update.finishes("nobody else changes the slot");
  }

  @CheckId(value = "P1", points = 2)
  @Property(tries = 3, shrinking = ShrinkingMode.OFF)
  void nothing_is_lost_between_threads_and_processes(
      @ForAll @IntRange(min = 1, max = 3) int threads,
      @ForAll @IntRange(min = 1, max = 2) int otherThreads,
      Crew crew)
      throws IOException {
    Path dir = Files.createTempDirectory("shm");
    Path file = dir.resolve("counters");
    try {
      ShmCounter counter = open(crew, file);
      Door door = door();
      int times = 400;
      Other other = arrived(crew, Other.adding(file, SLOTS, otherThreads, times, door), door);
      crew.noisy().heavy();
      door.letIn();
      List<Step<Void>> ours =
          crew.atOnce(threads + 1, LOCKED, i -> () -> Other.addAll(counter, times));
      crew.allFinish(ours, "every lock is let go");
      crew.until(() -> !other.isAlive(), "the other process should be done with its additions");
      mustHaveEndedWell(other);

      long total = (threads + 1L + otherThreads) * times;
      same(GET, 0, crew.answer(GET, () -> counter.get(0)), "nobody has used this slot");
      lost(ATOMIC, 20 * total, crew.answer(GET, () -> counter.get(1)));
      lost(LOCKED, total, crew.answer(GET, () -> counter.get(2)));
      same(GET, 0, crew.answer(GET, () -> counter.get(3)), "nobody has used this slot");
      crew.done("close()", counter::close);
    } finally {
      try (var left = Files.list(dir)) {
        for (Path each : left.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(dir);
    }
  }

  // What is left, and what it is built from

  @CheckId("L1")
  @Test
  void the_last_one_closed_leaves_nothing_open(Crew crew, @TempDir Path dir) {
    crew.done("close()", open(crew, dir.resolve("counters"))::close);
    int descriptors = Processes.openDescriptors();

    for (int i = 0; i < 4; i++) {
      Path file = dir.resolve("counters " + i);
      ShmCounter counter = open(crew, file);
      ShmCounter again = open(crew, file);
      crew.done(LOCKED, () -> counter.updateLocked(1, v -> v + 1));
      crew.done("close()", counter::close);
      crew.done(LOCKED, () -> again.updateLocked(1, v -> v + 1));
      crew.done("close()", again::close);
    }

    // Two more than before may be the JVM's own.
    int more = Processes.openDescriptors() - descriptors;
    if (more > 2) {
      throw Failure.of(
          Kind.LEAK,
          "four files were opened and closed twice each, and descriptors are left",
          Students.lineOf("close()"),
          List.of("left: " + more));
    }
  }

  @CheckId("S1")
  @Test
  void is_built_from_mapped_memory_and_locks(Crew crew, @TempDir Path dir) {
    open(crew, dir.resolve("counters"));

    Structure.of(ShmCounter.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.locks", "java.nio.file.attribute")
        .mayUse(VarHandle.class, MethodHandles.class, MethodHandles.Lookup.class)
        .holds();
  }

  // How it is asked and judged

  private Door door() {
    Door door = Door.shut();
    doors.add(door);
    return door;
  }

  private static ShmCounter open(Crew crew, Path file) {
    return crew.answer(OPEN, () -> ShmCounter.open(file, SLOTS));
  }

  private static Step<Long> updating(Crew crew, ShmCounter counter, int slot, Meeting inside) {
    return crew.asks(
        LOCKED,
        () ->
            counter.updateLocked(
                slot,
                v -> {
                  inside.attend();
                  return v + 1;
                }));
  }

  /** Another process is where it should be; if it has ended before that, its words tell why. */
  private static Other arrived(Crew crew, Other other, Door door) {
    crew.childrenWaitForNoClock();
    crew.until(
        () -> door.callers().contains(other.pid()) || !other.isAlive(),
        "another process that asks for a free lock should get it, but it does not");
    if (!door.callers().contains(other.pid())) {
      other.mustNotBeKilled();
      throw Failure.of(
          Kind.CRASH,
          "another process that used the file broke off",
          Students.lineOf(LOCKED),
          other.said());
    }
    return other;
  }

  /** Until the call is over, or waits inside the JVM, or the kernel says that it waits. */
  private static void untilItWaits(Crew crew, Step<?> step) {
    if (!Other.canTellWhoWaits()) {
      throw Failure.of(
          Kind.INCONCLUSIVE,
          "this machine has no /proc/locks, which would tell that a process waits for a lock",
          Optional.empty(),
          List.of());
    }
    long end = System.nanoTime() + PATIENCE.toNanos();
    crew.untilWaitingOr(step, () -> Other.isSomebodyWaiting() || System.nanoTime() > end);
  }

  /** Until the kernel says that it waits; a thread that sleeps takes no time of the processor. */
  private static void mustSleep(Crew crew, Step<?> step) {
    long end = System.nanoTime() + 2 * PATIENCE.toNanos();
    while (!step.isOver() && !Other.isSomebodyWaiting() && System.nanoTime() < end) {
      boolean polls = step.thread().getState() == State.TIMED_WAITING;
      if (polls || cpuNanos(step.thread()) > BUSY.toNanos()) {
        throw Failure.of(
            Kind.BUSY,
            "updateLocked(slot, change) tries again and again while another process is changing the"
                + " slot, instead of sleeping in FileChannel.lock",
            Students.lineOf(LOCKED),
            List.of());
      }
      crew.pause(1);
    }
  }

  private static long cpuNanos(Thread thread) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
  }

  private static void mustBeLocked(Crew crew, Path file, int slot, String although) {
    Other probe = probe(crew, file, slot);
    if (probe.wasHalfLockedOut()) {
      String sentence = "the lock of a slot does not cover all of its eight bytes";
      throw Failure.of(Kind.SAFETY, sentence, Students.lineOf(LOCKED), probe.said());
    }
    if (!probe.wasLockedOut()) {
      throw Failure.of(
          Kind.SAFETY,
          "the lock of a slot was gone although a thread was still changing it: " + although,
          Students.lineOf(LOCKED),
          probe.said());
    }
  }

  private static void mustNotBeLocked(Crew crew, Path file, int slot, String because) {
    if (!probe(crew, file, slot).endedWell()) {
      throw Failure.of(
          Kind.LEAK,
          "the lock of a slot was still held although " + because,
          Students.lineOf(LOCKED),
          List.of());
    }
  }

  private static Other probe(Crew crew, Path file, int slot) {
    Other probe = Other.trying(file, slot);
    crew.until(() -> !probe.isAlive(), "a process that only tries a lock should end");
    if (!probe.wasLockedOut() && !probe.wasHalfLockedOut() && !probe.endedWell()) {
      throw Failure.of(
          Kind.INCONCLUSIVE,
          "the process that should try a lock broke off",
          Optional.empty(),
          probe.said());
    }
    return probe;
  }

  private static void mustHaveEndedWell(Other other) {
    if (!other.endedWell()) {
      other.mustNotBeKilled();
      throw Failure.of(
          Kind.CRASH,
          "another process that added to the same counters broke off",
          Students.lineOf(LOCKED),
          other.said());
    }
  }

  private static void lost(String call, long wanted, long found) {
    if (wanted != found) {
      throw Failure.of(
          Kind.SAFETY,
          "threads of two processes added by " + call + ", and some of it was lost or counted twice",
          Students.lineOf(call),
          List.of("added: " + wanted + ", found: " + found));
    }
  }

  private static void same(String call, long wanted, long found, String because) {
    if (wanted != found) {
      String sentence = "%s should give %d: %s; it gives another number";
      throw wrong(call, sentence.formatted(call, wanted, because), "found: " + found);
    }
  }

  private static Failure wrong(String call, String sentence, String... measured) {
    return Failure.of(Kind.CONTRACT, sentence, Students.lineOf(call), List.of(measured));
  }
}
