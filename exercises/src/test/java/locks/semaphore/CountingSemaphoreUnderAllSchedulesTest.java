package locks.semaphore;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import threadmill.explore.History;
import threadmill.explore.Rendezvous;
import threadmill.explore.Scenario;
import threadmill.explore.Section;
import threadmill.explore.Tally;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Explore;

/** What a counting semaphore promises under every schedule. */
@Contract
final class CountingSemaphoreUnderAllSchedulesTest {
  private static final String WAITS_IN_VAIN = "nobody waits in acquire() while a permit is free";

  @CheckId(value = "X1", points = 2)
  @Explore
  void with_one_permit_it_keeps_threads_apart(Scenario s) {
    CountingSemaphore semaphore = new CountingSemaphore(1);
    Section inside = s.section("what the permit is for");
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            semaphore.acquire();
            inside.enter();
            inside.leave();
            semaphore.release();
          });
    }
    s.thread(
        "C",
        () -> {
          if (semaphore.tryAcquire()) {
            inside.enter();
            inside.leave();
            semaphore.release();
          }
        });
    s.atEnd("all have given back the permit", () -> semaphore.available() == 1);
  }

  @CheckId(value = "X2", points = 2)
  @Explore
  void as_many_hold_a_permit_at_once_as_there_are_and_no_more(Scenario s) {
    CountingSemaphore semaphore = new CountingSemaphore(2);
    Section inside = s.section("what 2 permits are for", 2);
    Rendezvous together = s.rendezvous("two threads hold one of 2 permits each", 2);
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            semaphore.acquire();
            inside.enter();
            together.meet();
            inside.leave();
            semaphore.release();
          });
    }
    s.thread(
        "C",
        () -> {
          // Not before the others have met: it would only take the permit of one of them.
          s.untilWaiting("A");
          s.untilWaiting("B");
          semaphore.acquire();
          inside.enter();
          inside.leave();
          semaphore.release();
        });
  }

  @CheckId(value = "X3", points = 2)
  @Explore
  void who_waits_sleeps_until_a_release_wakes_it(Scenario s) {
    CountingSemaphore semaphore = new CountingSemaphore(0);
    s.thread("A", semaphore::acquire);
    s.thread(
        "B",
        () -> {
          s.untilAsleep("A");
          semaphore.release();
        });
    s.atEnd("the released permit was taken", () -> semaphore.available() == 0);
  }

  @CheckId(value = "X4", points = 2)
  @Explore
  void two_releases_free_two_who_wait(Scenario s) {
    CountingSemaphore semaphore = new CountingSemaphore(0);
    s.thread("A", semaphore::acquire);
    s.thread("B", semaphore::acquire);
    s.thread(
        "C",
        () -> {
          semaphore.release();
          semaphore.release();
        });
    s.atEnd("both released permits were taken", () -> semaphore.available() == 0);
  }

  @CheckId(value = "X5", points = 2)
  @Explore
  void one_permit_goes_to_one_of_those_who_try(Scenario s) {
    CountingSemaphore semaphore = new CountingSemaphore(1);
    Tally taken = s.tally("permits taken");
    s.thread("A", () -> taken.add(semaphore.tryAcquire() ? 1 : 0));
    s.thread("B", () -> taken.add(semaphore.tryAcquire() ? 1 : 0));
    s.thread("C", () -> taken.add(semaphore.tryAcquire(0) ? 1 : 0));
    s.atEnd("1 permit was there and 1 was taken", () -> taken.get() == 1);
    s.atEnd("no permit is left", () -> semaphore.available() == 0);
  }

  /** In the middle of its time the waiting thread is woken for a permit that may be gone again. */
  @CheckId(value = "X6", points = 2)
  @Explore
  void a_timed_attempt_ends_when_its_time_is_over(Scenario s) {
    s.exactTime();
    CountingSemaphore semaphore = new CountingSemaphore(0);
    s.thread(
        "A",
        () -> {
          boolean got = semaphore.tryAcquire(100);
          long spent = s.millis();
          s.require(
              got || spent >= 100,
              "tryAcquire(100) returned false before its 100 ms were over");
          s.require(
              spent <= 102, "tryAcquire(100) waited for more than 100 ms: a wake-up begins its time anew");
        });
    s.thread(
        "B",
        () -> {
          Thread.sleep(50);
          semaphore.release();
          semaphore.tryAcquire();
        });
  }

  @CheckId(value = "X7", points = 2)
  @Explore
  void an_interrupt_takes_no_permit_away(Scenario s) {
    CountingSemaphore semaphore = new CountingSemaphore(0);
    Tally waiting = s.tally("threads in acquire()");
    Tally acquired = s.tally("permits acquired");
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            waiting.add(1);
            try {
              semaphore.acquire();
              acquired.add(1);
            } catch (InterruptedException e) {
              s.require(name.equals("A"), "acquire() threw InterruptedException in the wrong thread");
            }
            waiting.add(-1);
          });
    }
    s.thread("C", semaphore::release);
    s.thread("D", () -> s.interrupt("A"));
    s.mayWait("B");
    s.atEnd(
        "the released permit was acquired or is free",
        () -> acquired.get() + semaphore.available() == 1);
    s.atEnd(WAITS_IN_VAIN, () -> waiting.get() == 0 || semaphore.available() == 0);
  }

  @CheckId(value = "X8", points = 2)
  @Explore
  void its_methods_do_not_lock_each_other_out(Scenario s) {
    CountingSemaphore semaphore = new CountingSemaphore(0);
    s.exactTime();
    s.thread("A", semaphore::acquire);
    s.thread(
        "B",
        () -> {
          semaphore.release();
          semaphore.available();
        });
    s.thread(
        "C",
        () -> {
          if (semaphore.tryAcquire(1)) {
            semaphore.release();
          }
        });
    s.atEnd("1 permit was released and 1 acquired", () -> semaphore.available() == 0);
  }

  /** To fail because others were quicker is allowed only if they left nothing. */
  @CheckId(value = "X9", points = 2)
  @Explore
  void nobody_who_tries_fails_while_there_are_permits_for_all(Scenario s) {
    CountingSemaphore semaphore = new CountingSemaphore(3);
    Tally taken = s.tally("permits taken");
    for (String name : List.of("A", "B", "C")) {
      s.thread(name, () -> taken.add(semaphore.tryAcquire() ? 1 : 0));
    }
    s.atEnd("each of the three got one of the 3 permits", () -> taken.get() == 3);
    s.atEnd("no permit is left", () -> semaphore.available() == 0);
  }

  /** The permit may come before, with or after the end of the time; another one waits for it too. */
  /** The holder keeps it until the attempt is over; it may come in the middle of the attempt. */
  @CheckId("X12")
  @Explore
  void an_attempt_that_comes_too_late_does_not_wait(Scenario s) {
    CountingSemaphore semaphore = new CountingSemaphore(1);
    Tally over = s.tally("attempts that are over");
    s.thread(
        "A",
        () -> {
          semaphore.acquire();
          s.until("the attempt is over: it must not wait", () -> over.get() == 1);
          semaphore.release();
        });
    s.thread(
        "B",
        () -> {
          boolean got = semaphore.tryAcquire();
          over.add(1);
          if (got) {
            semaphore.release();
          }
        });
  }

  @CheckId(value = "X10", points = 2)
  @Explore
  void an_attempt_whose_time_is_over_costs_no_permit(Scenario s) {
    CountingSemaphore semaphore = new CountingSemaphore(0);
    Tally waiting = s.tally("threads in acquire()");
    s.thread("hasty", () -> semaphore.tryAcquire(100));
    s.thread(
        "patient",
        () -> {
          s.untilWaiting("hasty");
          waiting.add(1);
          semaphore.acquire();
          waiting.add(-1);
        });
    s.thread(
        "C",
        () -> {
          s.untilWaiting("patient");
          semaphore.release();
        });
    s.mayWait("patient");
    s.atEnd(WAITS_IN_VAIN, () -> waiting.get() == 0 || semaphore.available() == 0);
  }

  /** The permit comes at the very moment at which the time of the first one is over. */
  @CheckId(value = "X11", points = 2)
  @Explore
  void a_permit_that_comes_with_the_end_of_the_time_is_not_taken_along(Scenario s) {
    s.noSpuriousWakeUps();
    CountingSemaphore semaphore = new CountingSemaphore(0);
    Tally waiting = s.tally("threads in acquire()");
    s.thread("hasty", () -> semaphore.tryAcquire(100));
    s.thread(
        "patient",
        () -> {
          s.untilWaiting("hasty");
          waiting.add(1);
          semaphore.acquire();
          waiting.add(-1);
        });
    s.thread(
        "C",
        () -> {
          Thread.sleep(100);
          semaphore.release();
        });
    s.mayWait("patient");
    s.atEnd(WAITS_IN_VAIN, () -> waiting.get() == 0 || semaphore.available() == 0);
  }

  /** The promise: a number of permits. */
  private static final class Permits {
    private int free;

    Permits(int free) {
      this.free = free;
    }

    boolean take() {
      boolean one = free > 0;
      free -= one ? 1 : 0;
      return one;
    }

    boolean takeOrWait() {
      if (!take()) {
        throw History.mustWait();
      }
      return true;
    }

    boolean give() {
      free++;
      return true;
    }

    int free() {
      return free;
    }
  }

  /** A call of a small program. */
  enum Call {
    ACQUIRE,
    TRY_ACQUIRE,
    TRY_ACQUIRE_0,
    TRY_ACQUIRE_50,
    TRY_ACQUIRE_FOR_EVER,
    RELEASE,
    AVAILABLE,
    INTERRUPT_A,
    INTERRUPT_B
  }

  @Property(tries = 40)
  @CheckId(value = "P3", points = 2)
  void every_small_program_sees_a_number_of_permits(
      @ForAll @IntRange(max = 1) int permits,
      @ForAll @Size(min = 1, max = 2) List<Call> a,
      @ForAll @Size(min = 1, max = 2) List<Call> b,
      @ForAll @Size(max = 2) List<Call> c,
      Scenario s) {
    CountingSemaphore semaphore = new CountingSemaphore(permits);
    History<Permits> history = s.history(() -> new Permits(permits));
    s.thread("A", () -> perform(a, semaphore, history, s));
    s.thread("B", () -> perform(b, semaphore, history, s));
    s.thread("C", () -> perform(c, semaphore, history, s));
    s.mayWait("A", "B", "C");
  }

  private static void perform(
      List<Call> calls, CountingSemaphore semaphore, History<Permits> history, Scenario s)
      throws Exception {
    for (Call call : calls) {
      try {
        switch (call) {
          case ACQUIRE ->
              history.interruptible("acquire()", () -> acquire(semaphore), Permits::takeOrWait);
          case TRY_ACQUIRE -> history.call("tryAcquire()", semaphore::tryAcquire, Permits::take);
          case TRY_ACQUIRE_0 -> tryFor(0, semaphore, history);
          case TRY_ACQUIRE_50 -> tryFor(50, semaphore, history);
          case TRY_ACQUIRE_FOR_EVER -> tryFor(Long.MAX_VALUE, semaphore, history);
          case RELEASE -> history.call("release()", () -> release(semaphore), Permits::give);
          case AVAILABLE -> history.observe("available()", semaphore::available, Permits::free);
          case INTERRUPT_A -> s.interrupt("A");
          case INTERRUPT_B -> s.interrupt("B");
          default -> throw new AssertionError(call);
        }
      } catch (InterruptedException e) {
        // Whether it may end so is for the history to say.
      }
    }
  }

  private static void tryFor(long millis, CountingSemaphore semaphore, History<Permits> history)
      throws Exception {
    String name = "tryAcquire(" + (millis == Long.MAX_VALUE ? "Long.MAX_VALUE" : millis) + ")";
    history.timed(name, millis, false, () -> semaphore.tryAcquire(millis), Permits::takeOrWait);
  }

  private static boolean acquire(CountingSemaphore semaphore) throws InterruptedException {
    semaphore.acquire();
    return true;
  }

  private static boolean release(CountingSemaphore semaphore) {
    semaphore.release();
    return true;
  }
}
