package deadlock.philosophers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Failure;
import threadmill.harness.LockOrder;
import threadmill.harness.Meeting;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.model.Kind;

/** What three tables promise to their philosophers, on real threads. */
@Contract
final class PhilosophersTest {
  private static final int NEVER = Integer.MAX_VALUE;
  private static final int MANY = 40;
  private static final String ENDS = "every meal comes to an end";

  @Test
  @CheckId("D0")
  void the_tables_share_nothing_and_stop_no_thread(Crew crew) {
    for (Way way : Way.values()) {
      crew.make(way.creation(2), () -> way.table(2));
    }
    Structure.of(OrderedTable.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks")
        .mayCall(
            "java.lang.Thread.sleep",
            "java.lang.Thread.onSpinWait",
            "java.lang.Thread.yield",
            "java.util.concurrent.TimeUnit.sleep")
        .mustNotUse(CompletableFuture.class, ForkJoinPool.class)
        .holds();
  }

  @Test
  @CheckId(value = "D1", points = 2)
  void a_meal_is_eaten_once_and_with_both_forks(Crew crew) {
    for (Way way : Way.values()) {
      Dinner dinner = new Dinner(crew, way, 3);
      for (int seat = 0; seat < 3; seat++) {
        int mine = seat;
        AtomicInteger meals = new AtomicInteger();
        AtomicInteger withBoth = new AtomicInteger();
        AtomicReference<Thread> eater = new AtomicReference<>();
        Step<Void> meal =
            dinner.dine(
                seat,
                () -> {
                  eater.set(Thread.currentThread());
                  meals.incrementAndGet();
                  withBoth.addAndGet(dinner.hasBothForks(mine) ? 1 : 0);
                });
        meal.finishes("nobody else wants a fork");
        require(crew, way, meals.get() == 1, " did not run eat once");
        require(crew, way, eater.get() == meal.thread(), " ran eat on a thread of its own");
        require(crew, way, withBoth.get() == 1, " ran eat on a thread that does not have both forks");
      }
      dinner.requireAllForksDown("after the meal");
    }
  }

  @Test
  @CheckId(value = "D2", points = 2)
  void a_meal_that_goes_wrong_leaves_forks_and_places_free(Crew crew) {
    for (Way way : Way.values()) {
      Dinner dinner = new Dinner(crew, way, 3);
      for (int seat = 0; seat < 3; seat++) {
        goesWrong(dinner, seat, Spilled.class, new Spilled());
        goesWrong(dinner, seat, AssertionError.class, new AssertionError("the soup was spilled"));
      }
      dinner.dine(0, () -> {}).finishes("all meals before it have ended, if not well");
    }
  }

  private static <X extends Throwable> void goesWrong(
      Dinner dinner, int seat, Class<X> type, X failure) {
    dinner
        .dine(
            seat,
            () -> {
              throw failure;
            })
        .fails(type, "eat did, and nobody can hide that");
    dinner.requireAllForksDown("when eat threw an exception or an error");
  }

  @Test
  @CheckId(value = "D3", points = 2)
  void an_interrupted_philosopher_leaves_forks_and_places_free(Crew crew) {
    for (Way way : Way.values()) {
      Dinner dinner = new Dinner(crew, way, 3);
      for (Fork taken : List.of(dinner.left(0), dinner.right(0), dinner.left(0))) {
        Meeting has = crew.meeting(1);
        Meeting door = crew.meeting(NEVER);
        Step<Void> neighbour =
            crew.does(
                "the neighbour",
                () -> {
                  taken.take();
                  has.attend();
                  door.attend();
                  taken.putDown();
                });
        has.comesAbout(Kind.STUCK, "neighbours could take a fork that lies on the table");
        Step<Void> hungry = dinner.dine(0, () -> {});
        dinner.untilItCannotGoOn(hungry);
        hungry
            .interrupt()
            .fails(InterruptedException.class, "its thread was interrupted while it waited");
        door.dismiss();
        neighbour.finishes("it puts its fork down");
        dinner.requireAllForksDown("when its thread was interrupted");
      }
      dinner.dine(0, () -> {}).finishes("all forks are on the table");
    }
  }

  @Test
  @CheckId(value = "D4", points = 4)
  void each_with_one_fork_in_the_hand_they_do_not_stand_still(Crew crew) {
    List<Integer> sizes = new ArrayList<>(List.of(2, 3));
    sizes.addAll(crew.sizes(5, 16));
    for (Way way : Way.values()) {
      for (int seats : sizes) {
        Dinner dinner = new Dinner(crew, way, seats);
        List<Step<Void>> all = allComeAndStopWithOneFork(dinner);
        dinner.letThemGo();
        crew.allFinish(all, "all of " + seats + " philosophers can eat, one after the other");
      }
    }
  }

  private static List<Step<Void>> allComeAndStopWithOneFork(Dinner dinner) {
    dinner.stopEachWithOneFork();
    List<Step<Void>> all = new ArrayList<>();
    for (int seat = 0; seat < dinner.seats(); seat++) {
      all.add(dinner.dine(seat, () -> {}));
      dinner.untilItCannotGoOn(all.get(seat));
    }
    return all;
  }

  @Test
  @CheckId("D5")
  void the_order_of_the_forks_is_no_circle(Crew crew) {
    List<Dinner> dinners = new ArrayList<>(List.of(Dinner.ofTwins(crew, Way.ORDERED)));
    for (int seats = 2; seats <= 6; seats++) {
      dinners.add(new Dinner(crew, Way.ORDERED, seats));
    }
    crew.sizes(7, 40).forEach(seats -> dinners.add(new Dinner(crew, Way.ORDERED, seats)));
    for (Dinner dinner : dinners) {
      LockOrder order = new LockOrder();
      dinner.log(order);
      for (int seat = 0; seat < dinner.seats(); seat++) {
        dinner.dine(seat, () -> {}).finishes("nobody else wants a fork");
      }
      order
          .cycle()
          .ifPresent(
              cycle -> {
                throw Failure.of(
                    Kind.DEADLOCK,
                    "the orders in which the forks are taken form a circle: if all come at once,"
                        + " each can wait for the next",
                    cycle.get(0).line(),
                    cycle.stream().map(LockOrder.Edge::toString).toList());
              });
    }
  }

  @Test
  @CheckId(value = "D6", points = 2)
  void who_shares_no_fork_can_eat_at_the_same_time(Crew crew) {
    for (Way way : Way.values()) {
      for (int eating : crew.sizes(3, 12)) {
        Dinner dinner = new Dinner(crew, way, 2 * eating);
        Meeting together = crew.meeting(eating);
        List<Step<Void>> some = new ArrayList<>();
        for (int seat = 0; seat < 2 * eating; seat += 2) {
          some.add(dinner.dine(seat, together::attend));
        }
        together.comesAbout("philosophers who share no fork could eat at once (" + way.type() + ")");
        crew.allFinish(some, ENDS);
      }
    }
  }

  @Test
  @CheckId("D11")
  void who_dines_at_one_table_keeps_nobody_at_another_waiting(Crew crew) {
    for (Way way : Way.values()) {
      Meeting eats = crew.meeting(1);
      Meeting door = crew.meeting(NEVER);
      Step<Void> longMeal =
          new Dinner(crew, way, 2)
              .dine(
                  0,
                  () -> {
                    eats.attend();
                    door.attend();
                  });
      eats.comesAbout(Kind.STUCK, "philosophers could eat although all forks lay on the table");
      new Dinner(crew, way, 2).dine(0, () -> {}).finishes("its table has nobody else");
      door.dismiss();
      longMeal.finishes(ENDS);
    }
  }

  /** One that eats until it is told to stop. */
  private static final class Meal {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Step<Void> step;

    Meal(Dinner dinner, int seat) {
      step =
          dinner.dine(
              seat,
              () -> {
                begun.countDown();
                end.await();
              });
    }

    boolean hasBegun() {
      return begun.getCount() == 0;
    }
  }

  @Test
  @CheckId(value = "D12", points = 2)
  void who_shares_no_fork_with_anybody_there_does_not_wait(Crew crew) {
    for (Way way : Way.values()) {
      for (int eating : crew.sizes(2, 8)) {
        eatBesideThoseWhoWait(crew, way, new Dinner(crew, way, 3 * eating - 1));
      }
    }
  }

  /** Of each three seats one eats, the next waits for its fork, and the third is empty. */
  private static void eatBesideThoseWhoWait(Crew crew, Way way, Dinner dinner) {
    List<Meal> meals = new ArrayList<>();
    List<Step<Void>> all = new ArrayList<>();
    for (int seat = 0; seat < dinner.seats(); seat += 3) {
      Meal meal = new Meal(dinner, seat);
      meals.add(meal);
      all.add(meal.step);
      crew.until(
          () -> meal.hasBegun() || meal.step.isOver(),
          "a philosopher who shares no fork with anybody who eats or waits should eat, but does not ("
              + way.type()
              + ")");
      if (seat + 2 < dinner.seats()) {
        Step<Void> hungry = dinner.dine(seat + 1, () -> {});
        dinner.untilItCannotGoOn(hungry);
        all.add(hungry);
      }
    }
    meals.forEach(meal -> meal.end.countDown());
    crew.allFinish(all, ENDS);
  }

  @Test
  @CheckId(value = "D13", points = 2)
  void whatever_goes_wrong_the_waiter_has_as_many_places_as_before(Crew crew) {
    for (int seats : List.of(2, 5, 8)) {
      Dinner dinner = new Dinner(crew, Way.WAITER, seats);
      for (int seat = 0; seat < seats; seat++) {
        goesWrong(dinner, seat, Spilled.class, new Spilled());
        goesWrong(dinner, seat, AssertionError.class, new AssertionError("the soup was spilled"));
        dinner.dineInterrupted(seat).awaitEnd("all forks are on the table");
      }
      Meal meal = new Meal(dinner, 0);
      crew.untilWaitingOr(meal.step, meal::hasBegun);
      isInterruptedWhileItWaits(dinner, dinner.dine(1, () -> {}));
      meal.end.countDown();
      meal.step.finishes(ENDS);
      interruptThoseWhoAreNotServed(crew, dinner);
      List<Step<Void>> all = allComeAndStopWithOneFork(dinner);
      dinner.letThemGo();
      crew.allFinish(all, "all of " + seats + " philosophers can eat, whatever has gone wrong before");
      eatBesideThoseWhoWait(crew, Way.WAITER, dinner);
    }
  }

  private static void isInterruptedWhileItWaits(Dinner dinner, Step<Void> hungry) {
    dinner.untilItCannotGoOn(hungry);
    hungry
        .interrupt()
        .fails(InterruptedException.class, "its thread was interrupted while it waited");
  }

  /** All come; whoever has no fork in the hand is interrupted, comes again, and is interrupted. */
  private static void interruptThoseWhoAreNotServed(Crew crew, Dinner dinner) {
    List<Step<Void>> served = new ArrayList<>();
    List<Step<Void>> all = allComeAndStopWithOneFork(dinner);
    for (int seat = 0; seat < all.size(); seat++) {
      if (dinner.isStopped(all.get(seat))) {
        served.add(all.get(seat));
      } else {
        isInterruptedWhileItWaits(dinner, all.get(seat));
        Step<Void> again = dinner.dine(seat, () -> {});
        dinner.untilItCannotGoOn(again);
        if (dinner.isStopped(again)) {
          served.add(again);
        } else {
          isInterruptedWhileItWaits(dinner, again);
        }
      }
    }
    dinner.letThemGo();
    crew.allFinish(served, ENDS);
  }

  /** The next one comes to eat before the last one stops, and each time on the other side. */
  @Test
  @CheckId(value = "D9", points = 2)
  void two_neighbours_in_turn_do_not_keep_the_one_between_them_waiting(Crew crew) {
    Dinner dinner = new Dinner(crew, Way.WAITER, 4);
    Meal last = new Meal(dinner, 0);
    crew.untilWaitingOr(last.step, last::hasBegun);
    Meal between = new Meal(dinner, 1);
    crew.untilWaitingOr(between.step, between::hasBegun);
    int passed = 0;
    for (int i = 0; i < 6 && !between.hasBegun(); i++) {
      Meal next = new Meal(dinner, i % 2 == 0 ? 2 : 0);
      crew.untilWaitingOr(next.step, next::hasBegun);
      last.end.countDown();
      last.step.finishes(ENDS);
      crew.untilWaitingOr(between.step, between::hasBegun);
      passed += next.hasBegun() && !between.hasBegun() ? 1 : 0;
      last = next;
    }
    if (passed > 3) {
      throw crew.failureAt(
          Way.WAITER.meal(),
          Kind.STARVATION,
          "two neighbours eat in turn, and the one between them, who came before, waits for ever",
          "meals that they began while it waited: " + passed);
    }
    between.end.countDown();
    last.end.countDown();
    crew.allFinish(List.of(between.step, last.step), ENDS);
  }

  @Test
  @CheckId(value = "D7", points = 2)
  void each_table_goes_its_own_way(Crew crew) {
    for (Way way : List.of(Way.ORDERED, Way.WAITER)) {
      Dinner dinner = new Dinner(crew, way, 3);
      dinner.dine(0, () -> {}).finishes("nobody else wants a fork");
      require(crew, way, !dinner.hasTried(), " calls tryTake(), but its way is to wait for a fork");
    }
    for (Way way : List.of(Way.WAITER, Way.BACKOFF)) {
      Table table = crew.make(way.creation(2), () -> way.table(2));
      AtomicInteger asked = new AtomicInteger();
      Fork left = new Anonymous(asked);
      Fork right = new Anonymous(asked);
      crew.does(way.meal(), () -> table.dine(0, left, right, () -> {}))
          .finishes("nobody else wants a fork");
      require(crew, way, asked.get() == 0, " calls id(), but its way is not to order the forks");
    }
    Dinner dinner = new Dinner(crew, Way.BACKOFF, 3);
    dinner.dine(0, () -> {}).finishes("nobody else wants a fork");
    require(
        crew,
        Way.BACKOFF,
        !dinner.hasWaitedWithFork(),
        " calls take() with a fork in the hand, but its way is never to wait there");
  }

  /** A neighbour keeps a fork until the philosopher was refused it many times, or waits for it. */
  @Test
  @CheckId(value = "D10", points = 2)
  void who_backs_off_waits_for_no_fork_with_one_in_the_hand_however_often_it_is_refused(Crew crew) {
    for (boolean leftIsTaken : List.of(true, false)) {
      Dinner dinner = new Dinner(crew, Way.BACKOFF, 3);
      Fork taken = leftIsTaken ? dinner.left(0) : dinner.right(0);
      Meeting has = crew.meeting(1);
      Meeting door = crew.meeting(NEVER);
      Step<Void> neighbour =
          crew.does(
              "the neighbour",
              () -> {
                taken.take();
                has.attend();
                door.attend();
                taken.putDown();
              });
      has.comesAbout(Kind.STUCK, "neighbours could take a fork that lies on the table");
      Step<Void> hungry = dinner.dine(0, () -> {});
      crew.until(
          () ->
              dinner.refusals() >= MANY
                  || dinner.hasWaitedWithFork()
                  || hungry.isOver()
                  || hungry.thread().getState() == Thread.State.WAITING,
          "a philosopher whose neighbour has a fork should try again or wait");
      door.dismiss();
      neighbour.finishes("it puts its fork down");
      hungry.finishes("the neighbour has put the fork down");
      require(
          crew,
          Way.BACKOFF,
          !dinner.hasWaitedWithFork(),
          " calls take() with a fork in the hand when it was refused often, but its way is never to"
              + " wait there");
    }
  }

  /** A fork that counts who asks for its id. */
  private static final class Anonymous extends Fork {
    private final AtomicInteger asked;

    Anonymous(AtomicInteger asked) {
      super(0);
      this.asked = asked;
    }

    @Override
    public int id() {
      asked.incrementAndGet();
      return super.id();
    }
  }

  @Test
  @CheckId(value = "D8", points = 2)
  void who_waits_for_a_neighbour_sleeps(Crew crew) {
    for (Way way : List.of(Way.ORDERED, Way.WAITER)) {
      for (int seats = 2; seats <= 3; seats++) {
        Dinner dinner = new Dinner(crew, way, seats);
        Meeting eats = crew.meeting(1);
        Meeting door = crew.meeting(NEVER);
        Step<Void> neighbour =
            dinner.dine(
                0,
                () -> {
                  eats.attend();
                  door.attend();
                });
        eats.comesAbout(Kind.STUCK, "philosophers could eat although all forks lay on the table");
        AtomicInteger meals = new AtomicInteger();
        Step<Void> hungry = dinner.dine(1, meals::incrementAndGet);
        hungry.blocks("a neighbour eats with one of its forks");
        hungry.survivesSpuriousWakeUp("a neighbour eats with one of its forks");
        require(crew, way, meals.get() == 0, " ran eat although a neighbour eats with one of its forks");
        door.dismiss();
        neighbour.finishes(ENDS);
        hungry.finishes("the neighbour has put the fork down");
      }
    }
  }

  @Property(tries = 12, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  @CheckId(value = "P1", points = 2)
  void however_many_dine_all_eat_and_no_fork_is_used_twice(
      @ForAll Way way,
      @ForAll @IntRange(min = 2, max = 6) int seats,
      @ForAll @IntRange(min = 1, max = 30) int times,
      Crew crew) {
    Dinner dinner = new Dinner(crew.heavy().noisy(), way, seats);
    AtomicIntegerArray inUse = new AtomicIntegerArray(seats);
    AtomicInteger clashes = new AtomicInteger();
    AtomicInteger meals = new AtomicInteger();
    List<Step<Void>> all =
        crew.atOnce(
            seats,
            way.meal(),
            seat ->
                () ->
                    dinner.dine(
                        seat,
                        times,
                        () -> {
                          meals.incrementAndGet();
                          use(inUse, seat, clashes);
                        }));
    crew.allFinish(all, ENDS);
    require(crew, way, clashes.get() == 0, " let two neighbours eat with the same fork at once");
    require(crew, way, meals.get() == seats * times, " returned more or less often than it ran eat");
  }

  private static void use(AtomicIntegerArray inUse, int seat, AtomicInteger clashes) {
    int next = (seat + 1) % inUse.length();
    for (int fork : List.of(seat, next)) {
      clashes.addAndGet(inUse.incrementAndGet(fork) == 1 ? 0 : 1);
    }
    for (int fork : List.of(seat, next)) {
      inUse.decrementAndGet(fork);
    }
  }

  private static void require(Crew crew, Way way, boolean condition, String sentence) {
    if (!condition) {
      throw crew.failureAt(way.meal(), Kind.CONTRACT, way.meal() + sentence);
    }
  }
}
