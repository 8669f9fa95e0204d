package locks.rwlock;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import threadmill.harness.Action;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Failure;
import threadmill.harness.Meeting;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.harness.Students;
import threadmill.model.Kind;

/** What a lock for readers and writers promises, on real threads. */
@Contract
final class RwLockTest {
  private static final int WAKE_UPS = 3;
  private static final int WRITER = 1_000;
  private static final String EMPTY = "nobody is inside";
  private static final String READER_INSIDE = "a reader is inside";
  private static final String WRITER_INSIDE = "a writer is inside";

  @Test
  @CheckId("R0")
  void it_is_built_from_simpler_things(Crew crew) {
    lock(crew);
    Structure.of(RwLock.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks")
        .asksToBuild(ReadWriteLock.class, ReentrantReadWriteLock.class, StampedLock.class)
        .mustNotUse(Phaser.class, FutureTask.class, CompletableFuture.class, ForkJoinPool.class)
        .holds();
  }

  @Test
  @CheckId(value = "R1", points = 2)
  void readers_are_inside_together(Crew crew) {
    RwLock lock = lock(crew);
    Meeting together = crew.meeting(3);
    List<Step<Void>> readers =
        crew.atOnce(
            3,
            "lockRead()",
            i ->
                () -> {
                  lock.lockRead();
                  together.attend();
                  lock.unlockRead();
                });
    together.comesAbout("readers could be inside at once");
    crew.allFinish(readers, "whoever is inside may go out");
  }

  @Test
  @CheckId(value = "R2", points = 2)
  void a_writer_is_alone_inside(Crew crew) {
    RwLock lock = lock(crew);
    Visitor writer = Visitor.writes(crew, lock).isIn(EMPTY);
    Visitor reader = Visitor.reads(crew, lock).waits(WRITER_INSIDE);
    writer.leaves();
    reader.isIn("the writer has left");
    Visitor second = Visitor.writes(crew, lock).waits(READER_INSIDE);
    reader.leaves();
    second.isIn("the reader has left");
    Visitor third = Visitor.writes(crew, lock).waits(WRITER_INSIDE);
    second.leaves();
    third.isIn("the writer has left").leaves();
  }

  @Test
  @CheckId(value = "R3", points = 2)
  void a_writer_that_waits_comes_before_readers_that_come_later(Crew crew) {
    RwLock lock = lock(crew);
    Visitor inside = Visitor.reads(crew, lock).isIn(EMPTY);
    Visitor writer = Visitor.writes(crew, lock).waits(READER_INSIDE);
    String although = "a writer that came before it waits for the readers to leave";
    Visitor later = Visitor.reads(crew, lock).waits(although);
    inside.leaves();
    writer.isIn("the readers have left");
    later.waits(WRITER_INSIDE);
    writer.leaves();
    later.isIn("the writer has left").leaves();
  }

  @Test
  @CheckId(value = "R4", points = 2)
  void readers_that_wait_come_before_a_writer_that_comes_later(Crew crew) {
    RwLock lock = lock(crew);
    Visitor inside = Visitor.writes(crew, lock).isIn(EMPTY);
    Visitor one = Visitor.reads(crew, lock).waits(WRITER_INSIDE);
    Visitor other = Visitor.reads(crew, lock).waits(WRITER_INSIDE);
    Visitor writer = Visitor.writes(crew, lock).waits(WRITER_INSIDE);
    inside.leaves();
    one.isIn("the writer has left and the next one came later");
    other.isIn("the writer has left and the next one came later");
    writer.waits("readers are inside");
    one.leaves();
    writer.waits(READER_INSIDE);
    other.leaves();
    writer.isIn("the readers have left").leaves();
  }

  @Test
  @CheckId(value = "R5", points = 2)
  void trying_to_write_never_waits(Crew crew) {
    RwLock lock = lock(crew);
    crew.does(
            "tryWrite()",
            () -> {
              require("tryWrite()", lock.tryWrite(), EMPTY + " and nobody waits");
              lock.unlockWrite();
            })
        .finishes("it never waits");
    Visitor reader = Visitor.reads(crew, lock).isIn("who tried has left again");
    refuses(crew, lock, READER_INSIDE);
    reader.leaves();
    Visitor writer = Visitor.writes(crew, lock).isIn("the reader has left");
    refuses(crew, lock, WRITER_INSIDE);
    writer.leaves();
  }

  @Test
  @CheckId(value = "R6", points = 2)
  void only_who_is_inside_can_go_out(Crew crew) {
    RwLock lock = lock(crew);
    crew.does("unlockRead()", lock::unlockRead)
        .fails(IllegalMonitorStateException.class, EMPTY);
    crew.does("unlockWrite()", lock::unlockWrite)
        .fails(IllegalMonitorStateException.class, EMPTY);
    Visitor reader = Visitor.reads(crew, lock).isIn(EMPTY);
    crew.does("unlockRead()", lock::unlockRead)
        .fails(IllegalMonitorStateException.class, "the calling thread is not the reader inside");
    Visitor writer = Visitor.writes(crew, lock).waits(READER_INSIDE);
    reader.leaves();
    writer.isIn("the reader has left");
    crew.does("unlockWrite()", lock::unlockWrite)
        .fails(IllegalMonitorStateException.class, "the calling thread is not the writer inside");
    Visitor.reads(crew, lock).waits(WRITER_INSIDE);
  }

  @Test
  @CheckId(value = "R7", points = 2)
  void who_is_inside_is_told_that_it_would_wait_for_itself(Crew crew) {
    RwLock lock = lock(crew);
    inside(crew, "lockWrite()", lock::lockRead, lock::lockWrite, lock::unlockRead);
    inside(crew, "lockRead()", lock::lockRead, lock::lockRead, lock::unlockRead);
    inside(crew, "lockRead()", lock::lockWrite, lock::lockRead, lock::unlockWrite);
    inside(crew, "lockWrite()", lock::lockWrite, lock::lockWrite, lock::unlockWrite);
    Visitor.writes(crew, lock).isIn("everybody has left").leaves();
  }

  @Test
  @CheckId(value = "R12", points = 2)
  void who_is_inside_stays_inside_whatever_it_is_refused(Crew crew) {
    staysInside(crew, "lockRead()", RwLock::lockRead, RwLock::unlockWrite, RwLock::unlockRead);
    staysInside(crew, "lockWrite()", RwLock::lockWrite, RwLock::unlockRead, RwLock::unlockWrite);
  }

  /** A call of a lock. */
  private interface Way {
    void go(RwLock lock) throws InterruptedException;
  }

  private static void staysInside(Crew crew, String call, Way in, Way wrongOut, Way out) {
    RwLock lock = lock(crew);
    Meeting refused = crew.meeting(1);
    Meeting door = crew.meeting(Integer.MAX_VALUE);
    Step<Void> inside =
        crew.does(
            call,
            () -> {
              in.go(lock);
              mustThrow(IllegalStateException.class, () -> lock.lockRead());
              mustThrow(IllegalStateException.class, () -> lock.lockWrite());
              require("tryWrite()", !lock.tryWrite(), "its thread is inside already");
              mustThrow(IllegalMonitorStateException.class, () -> wrongOut.go(lock));
              refused.attend();
              door.attend();
              out.go(lock);
            });
    crew.until(
        () -> refused.arrived() > 0 || inside.isOver(),
        "a thread that is inside is refused at once, but it waits");
    if (inside.isOver()) {
      inside.finishes("a thread that is inside is refused, and stays inside");
    }
    Visitor writer = Visitor.writes(crew, lock).waits("another thread is inside");
    door.dismiss();
    inside.finishes("whoever is inside may go out");
    writer.isIn("everybody has left").leaves();
  }

  private static void mustThrow(Class<? extends Exception> type, Action call) throws Throwable {
    try {
      call.run();
    } catch (IllegalStateException | IllegalMonitorStateException e) {
      if (type.isInstance(e)) {
        return;
      }
      throw e;
    }
    throw Failure.of(
        Kind.CONTRACT,
        "a thread that is inside makes a call that it must be refused, and it returned instead of"
            + " throwing "
            + type.getSimpleName());
  }

  @Test
  @CheckId("R13")
  void a_thread_may_be_inside_several_locks(Crew crew) {
    RwLock one = lock(crew);
    RwLock other = lock(crew);
    crew.does(
            "lockWrite()",
            () -> {
              one.lockRead();
              other.lockWrite();
              other.unlockWrite();
              require("tryWrite()", other.tryWrite(), "nobody is inside this lock");
              one.unlockRead();
              other.unlockWrite();
            })
        .finishes("two locks have nothing to do with each other");
  }

  @Test
  @CheckId(value = "R8", points = 2)
  void an_interrupted_thread_waits_no_more_and_leaves_no_trace(Crew crew) {
    RwLock lock = lock(crew);
    Visitor inside = Visitor.reads(crew, lock).isIn(EMPTY);
    Visitor writer = Visitor.writes(crew, lock).waits(READER_INSIDE);
    Visitor behind = Visitor.reads(crew, lock).waits("a writer that came before it waits");
    writer.isInterrupted();
    behind.isIn("the writer it waited for was interrupted").leaves();
    inside.leaves();

    inside = Visitor.writes(crew, lock).isIn("everybody has left");
    Visitor reader = Visitor.reads(crew, lock).waits(WRITER_INSIDE);
    Visitor second = Visitor.writes(crew, lock).waits(WRITER_INSIDE);
    reader.isInterrupted();
    inside.leaves();
    second.isIn("the writer has left and the reader before it was interrupted").leaves();
  }

  @Test
  @CheckId(value = "R10", points = 2)
  void who_waits_only_for_one_that_was_interrupted_goes_on_whoever_came_later(Crew crew) {
    RwLock lock = lock(crew);
    Visitor inside = Visitor.reads(crew, lock).isIn(EMPTY);
    Visitor writer = Visitor.writes(crew, lock).waits(READER_INSIDE);
    Visitor behind = Visitor.reads(crew, lock).waits("a writer that came before it waits");
    Visitor later = Visitor.writes(crew, lock).waits(READER_INSIDE);
    writer.isInterrupted();
    behind.isIn("the writer it waited for was interrupted, and the other one came later").leaves();
    inside.leaves();
    later.isIn("everybody has left").leaves();
  }

  @Test
  @CheckId(value = "R9", points = 2)
  void a_spurious_wake_up_lets_nobody_in(Crew crew) {
    RwLock lock = lock(crew);
    Visitor inside = Visitor.writes(crew, lock).isIn(EMPTY);
    Visitor reader = Visitor.reads(crew, lock).waits(WRITER_INSIDE);
    Visitor writer = Visitor.writes(crew, lock).waits(WRITER_INSIDE);
    for (int i = 0; i < WAKE_UPS; i++) {
      reader.survivesSpuriousWakeUp(WRITER_INSIDE);
      writer.survivesSpuriousWakeUp(WRITER_INSIDE);
    }
    inside.leaves();
    reader.isIn("the writer has left").leaves();
    writer.isIn("everybody has left").leaves();
  }

  @Test
  @CheckId(value = "R11", points = 3)
  void however_many_are_inside_or_wait_the_order_is_the_same(Crew crew) {
    for (int threads : crew.sizes(2, 30)) {
      RwLock lock = lock(crew);
      List<Visitor> first = come(threads, () -> Visitor.reads(crew, lock));
      first.forEach(reader -> reader.isIn("only readers are inside"));
      Visitor interrupted = Visitor.writes(crew, lock).comesToWait("readers are inside");
      String although = "a writer that came before it waits for the readers to leave";
      List<Visitor> second = come(threads, () -> Visitor.reads(crew, lock));
      second.forEach(reader -> reader.comesToWait(although));
      interrupted.isInterrupted();
      second.forEach(reader -> reader.isIn("the writer it waited for was interrupted"));

      Visitor writer = Visitor.writes(crew, lock).comesToWait("readers are inside");
      List<Visitor> third = come(threads, () -> Visitor.reads(crew, lock));
      third.forEach(reader -> reader.comesToWait(although));
      first.forEach(Visitor::leaves);
      second.subList(1, threads).forEach(Visitor::leaves);
      writer.comesToWait(READER_INSIDE);
      second.get(0).leaves();
      writer.isIn("all readers that came before it have left");
      third.forEach(reader -> reader.comesToWait(WRITER_INSIDE));
      Visitor last = Visitor.writes(crew, lock).comesToWait(WRITER_INSIDE);
      writer.leaves();
      third.forEach(reader -> reader.isIn("the writer has left, and the next one came later"));
      third.forEach(Visitor::leaves);
      last.isIn("everybody has left").leaves();
    }
  }

  private static List<Visitor> come(int threads, Supplier<Visitor> one) {
    List<Visitor> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(one.get());
    }
    return all;
  }

  @Property(tries = 8, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  @CheckId(value = "P1", points = 2)
  void in_a_crowd_no_writer_meets_anybody(
      @ForAll @IntRange(min = 2, max = 4) int threads,
      @ForAll @IntRange(min = 150, max = 300) int visits,
      Crew crew) {
    RwLock lock = lock(crew.heavy().noisy());
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger met = new AtomicInteger();
    Random seeds = crew.random();
    List<Step<Void>> all =
        crew.atOnce(
            threads,
            "lockWrite()",
            i -> {
              Random random = new Random(seeds.nextLong());
              return () -> {
                for (int visit = 0; visit < visits; visit++) {
                  visit(lock, random.nextInt(4), random.nextInt(4) == 0, inside, met);
                }
              };
            });
    crew.allFinish(
        all,
        "nobody stays inside",
        () -> {
          boolean refused =
              all.stream()
                  .flatMap(step -> step.thrown().stream())
                  .anyMatch(IllegalMonitorStateException.class::isInstance);
          if (met.get() > 0 || refused) {
            String sentence =
                "in a crowd a writer met another thread, or one inside was told that it is not";
            throw crew.failureAt("lockWrite()", Kind.SAFETY, sentence, "met: " + met + " times");
          }
        });
  }

  /** Some writers stay for a while: who slips in late must find them there. */
  private static void visit(
      RwLock lock, int kind, boolean stays, AtomicInteger inside, AtomicInteger met)
      throws InterruptedException {
    boolean writes = kind == 0;
    if (writes) {
      lock.lockWrite();
    } else if (kind == 1 && lock.tryWrite()) {
      writes = true;
    } else {
      lock.lockRead();
    }
    int now = inside.addAndGet(writes ? WRITER : 1);
    if (writes ? now != WRITER : now >= WRITER) {
      met.incrementAndGet();
    }
    if (writes && stays) {
      Thread.sleep(2);
    }
    inside.addAndGet(writes ? -WRITER : -1);
    if (writes) {
      lock.unlockWrite();
    } else {
      lock.unlockRead();
    }
  }

  private static RwLock lock(Crew crew) {
    return crew.make("new RwLock()", RwLock::new);
  }

  private static void refuses(Crew crew, RwLock lock, String because) {
    boolean got = crew.asks("tryWrite()", lock::tryWrite).finishes("it never waits");
    require("tryWrite()", !got, because);
  }

  private static void require(String call, boolean condition, String because) {
    if (!condition) {
      throw Failure.of(
          Kind.CONTRACT,
          call + " returned the opposite of what is so: " + because,
          Students.lineOf(call),
          List.of());
    }
  }

  /** One thread goes in, asks again, must be refused, tries, and must be able to go out once. */
  private static void inside(Crew crew, String call, Action in, Action again, Action out) {
    crew.does(
            call,
            () -> {
              in.run();
              try {
                again.run();
              } catch (IllegalStateException e) {
                out.run();
                return;
              }
              throw Failure.of(
                  Kind.CONTRACT,
                  call + " must throw IllegalStateException in a thread that is inside already; it returned",
                  Students.lineOf(call),
                  List.of());
            })
        .finishes("a thread that is inside already gets IllegalStateException");
  }
}
