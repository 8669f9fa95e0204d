package threadmill.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import threadmill.model.Finding;
import threadmill.model.Kind;

/** The tester tested: every way to wait, to fail to wait, and never to come back. */
class CrewTest {
  private final Crew crew = new Crew();
  private volatile boolean over;

  @AfterEach
  void dismiss() {
    over = true;
    crew.close();
  }

  @Test
  void a_call_that_returns_gives_its_answer() {
    assertEquals(42, crew.answer("answer()", () -> 42));
  }

  @Test
  void a_call_that_waits_on_a_monitor_blocks() {
    Object monitor = new Object();
    crew.does("await()", () -> waitOn(monitor)).blocks("nobody called");
  }

  @Test
  void a_call_that_parks_blocks() {
    crew.does("await()", LockSupport::park).blocks("nobody called");
  }

  @Test
  void a_call_held_up_at_a_monitor_blocks() {
    Object monitor = new Object();
    Step<Void> holder = crew.does("hold()", () -> holdUntilOver(monitor));
    crew.until(() -> holdsNothingElse(holder), "the monitor is taken");
    crew.does("enter()", () -> enter(monitor)).blocks("another thread is inside");
  }

  @Test
  void a_call_that_spins_is_busy() {
    Step<Void> spinning = crew.does("lock()", this::spin);
    Finding finding = failure(() -> spinning.blocks("it is taken"));
    assertEquals(Kind.BUSY, finding.kind());
    assertEquals(
        "lock() burns the processor while it should wait: it runs in a loop although it is taken",
        finding.sentence());
  }

  @Test
  void a_call_that_naps_again_and_again_is_busy() {
    Step<Void> polling = crew.does("lock()", this::poll);
    assertEquals(Kind.BUSY, failure(() -> polling.blocks("it is taken")).kind());
  }

  @Test
  void a_call_that_returns_instead_of_waiting_breaks_the_contract() {
    Finding finding = failure(() -> crew.asks("take()", () -> "x").blocks("it is empty"));
    assertEquals(Kind.CONTRACT, finding.kind());
    assertEquals("take() returned \"x\" although it is empty", finding.sentence());
  }

  @Test
  void a_lost_wake_up_is_stuck_and_the_picture_shows_who_waits() {
    Step<Void> waiting = crew.does("await()", () -> waitOn(new Object()));
    Finding finding = failure(() -> waiting.finishes("it was notified"));
    assertEquals(Kind.STUCK, finding.kind());
    assertEquals(
        "await() should return because it was notified, but it waits for ever", finding.sentence());
    assertTrue(finding.evidence().get(0).startsWith("thread A in await(): WAITING"));
  }

  @Test
  void an_object_without_words_of_its_own_is_called_the_same_each_time() {
    Finding finding = failure(() -> crew.asks("take()", () -> new int[1]).blocks("it is empty"));
    assertEquals("take() returned [I although it is empty", finding.sentence());
    assertEquals("\"a@b.de\"", Words.shown("a@b.de"));
  }

  @Test
  void what_a_thread_still_has_to_do_has_happened_when_nothing_moves() {
    AtomicBoolean happened = new AtomicBoolean();
    crew.done(
        "start()",
        () ->
            new Thread(
                    () -> {
                      long begin = System.nanoTime();
                      while (System.nanoTime() - begin < 300_000_000L) {
                        Thread.onSpinWait();
                      }
                      happened.set(true);
                    })
                .start());
    crew.untilStillOr(() -> false);
    assertTrue(happened.get());
  }

  @Test
  void the_picture_shows_the_crews_threads_first_and_then_the_others_by_name() {
    Step<Void> waiting =
        crew.does(
            "start()",
            () -> {
              new Thread(LockSupport::park, "reader 10").start();
              new Thread(LockSupport::park, "reader 9").start();
              LockSupport.park();
            });
    Finding finding = failure(() -> waiting.finishes("nothing holds it up"));
    assertEquals(
        List.of("thread A in start()", "reader 9", "reader 10"),
        finding.evidence().stream().map(line -> line.substring(0, line.indexOf(':'))).toList());
  }

  @Test
  void a_cycle_of_locks_is_a_deadlock_with_both_threads_named() {
    ReentrantLock one = new ReentrantLock();
    ReentrantLock other = new ReentrantLock();
    CountDownLatch both = new CountDownLatch(2);
    Step<Void> there = crew.does("there()", () -> lockBoth(one, other, both));
    crew.does("back()", () -> lockBoth(other, one, both));
    Finding finding = failure(() -> there.finishes("it needs both for a moment"));
    assertEquals(Kind.DEADLOCK, finding.kind());
    assertEquals(
        "there() should return because it needs both for a moment, but threads wait for each"
            + " other's locks in a cycle",
        finding.sentence());
    assertEquals(2, finding.evidence().size());
    assertTrue(finding.evidence().toString().contains("thread A"));
    assertTrue(finding.evidence().toString().contains("thread B"));
  }

  @Test
  void threads_left_behind_in_a_deadlock_are_told_as_one() {
    ReentrantLock one = new ReentrantLock();
    ReentrantLock other = new ReentrantLock();
    CountDownLatch both = new CountDownLatch(2);
    crew.done(
        "close()",
        () -> {
          new Thread(() -> lockBothUndisturbed(one, other, both)).start();
          new Thread(() -> lockBothUndisturbed(other, one, both)).start();
        });
    assertEquals(Kind.DEADLOCK, failure(() -> crew.leavesNothing("close()")).kind());
  }

  @Test
  void classes_that_wait_for_each_others_initializer_are_stuck() {
    Step<Void> first = crew.does("first()", Chicken::hatch);
    crew.does("second()", Egg::lay);
    Finding finding = failure(() -> first.finishes("a class can be initialized"));
    assertEquals(Kind.STUCK, finding.kind());
    assertEquals(
        "first() should return because a class can be initialized, but it waits for ever",
        finding.sentence());
  }

  @Test
  void a_loop_that_never_ends_is_busy() {
    Step<Void> spinning = crew.does("lock()", this::spin);
    assertEquals(Kind.BUSY, failure(() -> spinning.finishes("it is free")).kind());
  }

  @Test
  void an_exception_nobody_asked_for_is_a_crash() {
    Finding finding =
        failure(
            () ->
                crew.done(
                    "take()",
                    () -> {
                      throw new IllegalStateException("empty");
                    }));
    assertEquals(Kind.CRASH, finding.kind());
    assertEquals("take() threw IllegalStateException", finding.sentence());
  }

  @Test
  void what_an_exception_says_is_evidence_and_no_part_of_the_sentence() {
    Finding finding = failure(() -> crew.done("take()", () -> throwIndex(17)));
    assertEquals("take() threw IndexOutOfBoundsException", finding.sentence());
    assertTrue(finding.evidence().get(0).endsWith(": 17"));
  }

  @Test
  void which_exception_a_race_brings_about_is_evidence_as_well() {
    List<Step<Void>> rivals = crew.atOnce(2, "take()", i -> () -> throwIndex(i));
    Finding finding = failure(() -> crew.allFinish(rivals, "there is enough for both"));
    assertEquals(Kind.CRASH, finding.kind());
    assertEquals("take() threw an exception where several threads ran at once", finding.sentence());
    assertTrue(finding.evidence().get(0).startsWith("IndexOutOfBoundsException"));
  }

  @Test
  void a_failure_is_told_before_those_that_wait_because_of_it() {
    Step<Void> waiting = crew.does("await()", LockSupport::park);
    Step<Void> failed = crew.does("release()", () -> throwIndex(1));
    Finding finding = failure(() -> crew.allFinish(List.of(waiting, failed), "it is released"));
    assertEquals("release() threw IndexOutOfBoundsException", finding.sentence());
  }

  @Test
  void what_a_race_has_broken_is_told_before_how_the_threads_went_on() {
    List<Step<Void>> rivals = crew.atOnce(2, "take()", i -> () -> throwIndex(i));
    Finding finding =
        failure(
            () ->
                crew.allFinish(
                    rivals,
                    "there is enough for both",
                    () -> {
                      throw crew.failureAt("take()", Kind.SAFETY, "one was taken twice");
                    }));
    assertEquals("one was taken twice", finding.sentence());
  }

  @Test
  void what_was_measured_is_evidence() {
    Failure failure =
        crew.failureAt("sell()", Kind.SAFETY, "too many were sold", "sold: 103 of 100");
    assertEquals("too many were sold", failure.finding().sentence());
    assertEquals(List.of("sold: 103 of 100"), failure.finding().evidence());
  }

  private static void throwIndex(int index) {
    throw new IndexOutOfBoundsException("index: " + index);
  }

  @Test
  void an_exception_with_hostile_methods_is_still_a_crash() {
    Finding finding = failure(() -> crew.done("take()", CrewTest::throwHostile));
    assertEquals(Kind.CRASH, finding.kind());
  }

  @Test
  void the_exception_asked_for_is_returned() {
    Step<Void> waiting = crew.does("await()", () -> waitOn(new Object())).blocks("nobody called");
    waiting.interrupt().fails(InterruptedException.class, "it was interrupted");
  }

  @Test
  void a_stub_is_not_started_even_when_its_exception_comes_wrapped() {
    Step<Void> wrapped =
        crew.does(
            "get()",
            () -> {
              throw new ExecutionException(new threadmill.Todo.NotYetImplemented());
            });
    assertThrows(NotStarted.class, () -> wrapped.finishes("it is done"));
  }

  @Test
  void sizes_are_the_least_and_one_of_each_scale() {
    List<Integer> sizes = crew.sizes(2, 40);

    assertEquals(4, sizes.size());
    assertEquals(2, sizes.get(0));
    assertTrue(6 < sizes.get(1) && sizes.get(1) <= 12, sizes::toString);
    assertTrue(12 < sizes.get(2) && sizes.get(2) <= 24, sizes::toString);
    assertTrue(24 < sizes.get(3) && sizes.get(3) <= 40, sizes::toString);
    assertEquals(List.of(2), crew.sizes(2, 6));
  }

  @Test
  void all_of_a_crowd_wait_at_once() {
    List<Step<Void>> crowd =
        Stream.generate(() -> crew.does("await()", LockSupport::park)).limit(12).toList();
    crew.untilAllWait(crowd, "nobody called");
  }

  @Test
  void a_crowd_of_which_one_returns_breaks_the_contract() {
    List<Step<Void>> crowd =
        List.of(crew.does("await()", LockSupport::park), crew.does("await()", () -> {}));
    Finding finding = failure(() -> crew.untilAllWait(crowd, "nobody called"));
    assertEquals(Kind.CONTRACT, finding.kind());
  }

  @Test
  void a_whole_story_happens_in_the_middle_of_a_call() {
    List<String> story = new CopyOnWriteArrayList<>();
    Halt halt = crew.halt(2);
    Step<Void> call =
        crew.does(
            "call()",
            () ->
                halt.during(
                    () -> {
                      Noise.point();
                      story.add("first");
                      Noise.point();
                      story.add("last");
                    }));
    halt.untilReachedBy(call);
    assertTrue(halt.isReached());
    story.add("another thread");
    halt.end();

    call.finishes("it may go on");
    assertEquals(List.of("first", "another thread", "last"), story);
  }

  @Test
  void a_call_that_never_comes_to_a_point_is_not_stopped_there() {
    Halt halt = crew.halt(2);
    Step<Void> call = crew.does("call()", () -> halt.during(Noise::point));
    halt.untilReachedBy(call);
    assertFalse(halt.isReached());
    call.finishes("nothing stops it");
  }

  @Test
  void a_meeting_of_all_comes_about() {
    Meeting meeting = crew.meeting(3);
    crew.atOnce(3, "run()", i -> meeting::attend);
    meeting.comesAbout("tasks ran at once");
    assertEquals(3, meeting.arrived());
  }

  @Test
  void a_meeting_behind_one_lock_does_not_come_about() {
    Meeting meeting = crew.meeting(2);
    ReentrantLock lock = new ReentrantLock();
    crew.atOnce(
        2,
        "run()",
        i ->
            () -> {
              lock.lock();
              try {
                meeting.attend();
              } finally {
                lock.unlock();
              }
            });
    Finding finding = failure(() -> meeting.comesAbout("tasks ran at once"));
    assertEquals(Kind.OVERSYNC, finding.kind());
    assertEquals("fewer than 2 tasks ran at once", finding.sentence());
    assertTrue(finding.evidence().contains("came: 1 of 2"));
  }

  @Test
  void a_waiter_that_asks_again_survives_a_spurious_wake_up() {
    Box box = crew.make("new Box()", () -> new Box(new Object()));
    Step<Void> waiting = crew.does("careful()", box::careful).blocks("the box is empty");
    waiting.survivesSpuriousWakeUp("the box is empty");
  }

  @Test
  void a_waiter_that_trusts_every_wake_up_does_not_survive_one() {
    Box box = crew.make("new Box()", () -> new Box(new Object()));
    Step<Void> waiting = crew.does("careless()", box::careless).blocks("the box is empty");
    Finding finding = failure(() -> waiting.survivesSpuriousWakeUp("the box is empty"));
    assertEquals(Kind.SAFETY, finding.kind());
  }

  @Test
  void a_waiter_on_a_condition_is_woken_through_the_lock_it_belongs_to() {
    Room room = crew.make("new Room()", Room::new);
    Step<Void> waiting = crew.does("careless()", room::careless).blocks("nobody called");
    assertEquals(
        Kind.SAFETY, failure(() -> waiting.survivesSpuriousWakeUp("nobody called")).kind());
  }

  @Test
  void rivals_queue_up_while_the_guard_is_held() {
    Box box = crew.make("new Box()", () -> new Box(new Object()));
    Step<Void> waiting = crew.does("careful()", box::careful).blocks("the box is empty");
    Step<?>[] rival = new Step<?>[1];
    Guard.of(crew, waiting)
        .holdWhile(
            () -> {
              rival[0] = crew.does("fill()", box::fill);
              crew.untilWaitingOrOver(rival[0]);
              assertFalse(rival[0].isOver());
            });
    rival[0].finishes("the lock is free again");
    waiting.finishes("the box was filled");
  }

  @Test
  void a_thread_that_will_not_end_is_counted_as_abandoned() throws InterruptedException {
    int before = Crew.abandoned();
    CountDownLatch spinning = new CountDownLatch(1);
    try (Crew other = new Crew()) {
      other.does(
          "lock()",
          () -> {
            spinning.countDown();
            spin();
          });
      spinning.await();
    }
    assertEquals(before + 1, Crew.abandoned());
  }

  @Test
  void a_thread_that_only_waits_is_abandoned_as_well() {
    int before = Crew.abandoned();
    Semaphore never = new Semaphore(0);
    try (Crew other = new Crew()) {
      Step<Void> waiting = other.does("lock()", never::acquireUninterruptibly);
      other.untilWaiting(waiting, "nobody releases");
    }
    assertEquals(before + 1, Crew.abandoned());
    never.release();
  }

  @Test
  void what_can_still_come_true_is_waited_for_and_nothing_else() {
    Semaphore gate = new Semaphore(0);
    Step<Void> waiting = crew.does("acquire()", gate::acquire);
    assertFalse(crew.comesTrue(waiting::isOver));
    gate.release();
    assertTrue(crew.comesTrue(waiting::isOver));
  }

  @Test
  void a_process_that_waits_is_left_and_a_killed_one_is_not() throws IOException {
    Process child = new ProcessBuilder("cat").start();
    List<Long> pids = List.of(child.pid());
    Finding finding = failure(() -> crew.leavesNone("run()", pids, "run() had returned"));
    assertEquals(Kind.LEAK, finding.kind());
    assertEquals("a process still ran although run() had returned", finding.sentence());
    child.destroyForcibly();
    crew.leavesNone("run()", pids, "run() had returned");
  }

  @Test
  void threads_of_the_students_are_told_from_the_crews_own() {
    Semaphore enough = new Semaphore(0);
    Thread[] born = new Thread[1];
    crew.done(
        "start()",
        () -> {
          born[0] = new Thread(enough::acquireUninterruptibly);
          born[0].start();
        });
    assertEquals(1, crew.theirThreads().size());
    assertSame(born[0], crew.theirThreads().get(0));
    enough.release();
  }

  @Test
  void threads_that_the_jdk_keeps_for_itself_are_nobodys() {
    crew.done(
        "run()",
        () -> {
          CompletableFuture.supplyAsync(() -> 1).get();
          new CompletableFuture<Integer>().orTimeout(1, TimeUnit.HOURS);
        });
    assertEquals(List.of(), crew.theirThreads());
  }

  private static Finding failure(org.junit.jupiter.api.function.Executable action) {
    return assertThrows(Failure.class, action).finding();
  }

  private static final CountDownLatch BOTH_BEGUN = new CountDownLatch(2);

  private static void meet() {
    BOTH_BEGUN.countDown();
    try {
      BOTH_BEGUN.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Chicken {
    static {
      meet();
      Egg.lay();
    }

    static void hatch() {}
  }

  private static final class Egg {
    static {
      meet();
      Chicken.hatch();
    }

    static void lay() {}
  }

  private static void waitOn(Object monitor) throws InterruptedException {
    synchronized (monitor) {
      while (true) {
        monitor.wait();
      }
    }
  }

  private void holdUntilOver(Object monitor) {
    synchronized (monitor) {
      while (!over) {
        LockSupport.park();
        if (Thread.interrupted()) {
          return;
        }
      }
    }
  }

  private static boolean holdsNothingElse(Step<?> holder) {
    return holder.thread().getState() == Thread.State.WAITING;
  }

  private static void enter(Object monitor) {
    synchronized (monitor) {
      monitor.notifyAll();
    }
  }

  private static void lockBoth(ReentrantLock first, ReentrantLock second, CountDownLatch both)
      throws InterruptedException {
    first.lock();
    both.countDown();
    both.await();
    second.lock();
  }

  private static void lockBothUndisturbed(
      ReentrantLock first, ReentrantLock second, CountDownLatch both) {
    try {
      lockBoth(first, second, both);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void spin() {
    while (!over) {
      Thread.onSpinWait();
    }
  }

  private void poll() {
    while (!over) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void throwHostile() {
    throw new RuntimeException() {
      private static final long serialVersionUID = 1L;

      @Override
      public String getMessage() {
        throw new IllegalStateException("no message");
      }

      @Override
      public StackTraceElement[] getStackTrace() {
        throw new IllegalStateException("no stack");
      }
    };
  }

  private static final class Box {
    private final Object monitor;
    private boolean full;

    Box(Object monitor) {
      this.monitor = monitor;
    }

    void careful() throws InterruptedException {
      synchronized (monitor) {
        while (!full) {
          monitor.wait();
        }
      }
    }

    void careless() throws InterruptedException {
      synchronized (monitor) {
        if (!full) {
          monitor.wait();
        }
      }
    }

    void fill() {
      synchronized (monitor) {
        full = true;
        monitor.notifyAll();
      }
    }
  }

  private static final class Room {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition called = lock.newCondition();

    void careless() throws InterruptedException {
      lock.lock();
      try {
        called.await();
      } finally {
        lock.unlock();
      }
    }
  }
}
