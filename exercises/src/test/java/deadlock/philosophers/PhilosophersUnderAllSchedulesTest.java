package deadlock.philosophers;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import threadmill.explore.Rendezvous;
import threadmill.explore.Scenario;
import threadmill.explore.Section;
import threadmill.explore.Tally;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Explore;

/** What three tables promise under every schedule. */
@Contract
final class PhilosophersUnderAllSchedulesTest {
  private static final int MOST_ATTEMPTS = 50;
  private static final int REFUSALS = 90;
  private static final long LONGEST_REST_NANOS = 10_000_000;

  @Property(tries = 2)
  @CheckId(value = "X1", points = 2)
  void at_an_ordered_table_all_eat(@ForAll @IntRange(min = 2, max = 3) int seats, Scenario s) {
    allEat(s, Way.ORDERED, seats);
  }

  @Property(tries = 2)
  @CheckId(value = "X2", points = 2)
  void at_a_table_with_a_waiter_all_eat(
      @ForAll @IntRange(min = 2, max = 3) int seats, Scenario s) {
    allEat(s, Way.WAITER, seats);
  }

  @Property(tries = 2)
  @CheckId(value = "X3", points = 2)
  void at_a_table_where_one_gives_way_all_eat(
      @ForAll @IntRange(min = 2, max = 3) int seats, Scenario s) {
    s.exactTime();
    allEat(s, Way.BACKOFF, seats);
  }

  /** All come at once, at a table for two twice. */
  private static void allEat(Scenario s, Way way, int seats) {
    int times = seats == 2 ? 2 : 1;
    Table table = way.table(seats);
    Tally meals = s.tally("meals");
    List<Fork> forks = new ArrayList<>();
    List<Section> uses = new ArrayList<>();
    for (int i = 0; i < seats; i++) {
      forks.add(new CountingFork(s, 7 * (i + 1) % 5));
      uses.add(s.section("what fork " + i + " is used for"));
    }
    for (int seat = 0; seat < seats; seat++) {
      int mine = seat;
      int next = (seat + 1) % seats;
      s.thread(
          "philosopher " + seat,
          () -> {
            for (int i = 0; i < times; i++) {
              table.dine(
                  mine,
                  forks.get(mine),
                  forks.get(next),
                  () -> {
                    uses.get(mine).enter();
                    uses.get(next).enter();
                    meals.add(1);
                    uses.get(next).leave();
                    uses.get(mine).leave();
                  });
            }
          });
    }
    s.atEnd("every call of dine ate once", () -> meals.get() == seats * times);
    s.atEnd("all forks are on the table", () -> forks.stream().allMatch(Fork::tryTake));
  }

  /** A fork that knows how often a thread may be refused it before it has dined. */
  private static final class CountingFork extends Fork {
    private final Scenario s;
    private final Tally refusals;

    CountingFork(Scenario s, int id) {
      super(id);
      this.s = s;
      this.refusals = s.tally("how often fork " + id + " was refused");
    }

    @Override
    public boolean tryTake() {
      boolean got = super.tryTake();
      int refused = got ? 0 : refusals.add(1);
      s.require(
          refused <= MOST_ATTEMPTS,
          "philosophers were refused a fork " + MOST_ATTEMPTS + " times: they rest and come back in step");
      return got;
    }
  }

  @Property(tries = 3)
  @CheckId(value = "X4", points = 2)
  void who_shares_no_fork_can_meet_while_eating(@ForAll Way way, Scenario s) {
    s.exactTime();
    Table table = way.table(4);
    List<Fork> forks = List.of(new Fork(3), new Fork(1), new Fork(2), new Fork(4));
    Rendezvous meal = s.rendezvous("two philosophers who share no fork eat at once", 2);
    for (int seat = 0; seat < 4; seat += 2) {
      int mine = seat;
      s.thread(
          "philosopher " + seat,
          () -> table.dine(mine, forks.get(mine), forks.get(mine + 1), meal::meet));
    }
  }

  /** Its neighbour always has a fork when it tries, until it has been refused so often. */
  @CheckId(value = "X5", points = 2)
  @Explore
  void a_rest_is_short_and_never_the_same_for_long(Scenario s) {
    s.exactTime();
    Table table = new BackoffTable();
    List<Long> refusals = new ArrayList<>();
    List<Fork> forks = List.of(new RefusingFork(refusals), new RefusingFork(refusals));
    s.thread(
        "philosopher",
        () -> {
          table.dine(0, forks.get(0), forks.get(1), () -> refusals.add(System.nanoTime()));
          requireRestsAreShortAndDiffer(s, refusals);
        });
  }

  private static final class RefusingFork extends Fork {
    private final List<Long> refusals;

    RefusingFork(List<Long> refusals) {
      super(0);
      this.refusals = refusals;
    }

    @Override
    public boolean tryTake() {
      if (refusals.size() == REFUSALS) {
        return super.tryTake();
      }
      refusals.add(System.nanoTime());
      return false;
    }
  }

  private static void requireRestsAreShortAndDiffer(Scenario s, List<Long> instants) {
    s.require(
        instants.size() == REFUSALS + 1,
        "dine must try until it has both forks and then eat once");
    long total = instants.get(REFUSALS) - instants.get(0);
    s.require(total > 0, "a philosopher who is refused a fork must rest before it tries again");
    boolean differ = false;
    for (int i = 1; i <= REFUSALS; i++) {
      long rest = instants.get(i) - instants.get(i - 1);
      s.require(
          rest <= LONGEST_REST_NANOS,
          "a philosopher rested for more than 10 ms: who rests longer and longer never eats");
      differ |= rest * REFUSALS != total;
    }
    s.require(
        differ, "a philosopher rested equally long each time: who rests equally long meets the same again");
  }

  @Property(tries = 3)
  @CheckId(value = "X6", points = 2)
  void an_interrupt_takes_no_fork_and_no_place_away(@ForAll Way way, Scenario s) {
    s.exactTime();
    Table table = way.table(2);
    Fork one = new Fork(1);
    Fork other = new Fork(2);
    Tally meals = s.tally("meals");
    s.thread(
        "A",
        () -> {
          int before = meals.get();
          try {
            table.dine(0, one, other, () -> meals.add(100));
          } catch (InterruptedException e) {
            s.require(
                meals.get() - before < 100, "dine ate and threw InterruptedException all the same");
          }
        });
    s.thread("B", () -> table.dine(1, other, one, () -> meals.add(1)));
    s.thread("C", () -> s.interrupt("A"));
    s.atEnd("the one that was not interrupted has eaten", () -> meals.get() % 100 == 1);
    s.atEnd(
        "forks and places are free, so that another can dine",
        () -> {
          table.dine(0, one, other, () -> meals.add(1));
          table.dine(1, other, one, () -> meals.add(1));
          return meals.get() % 100 == 3;
        });
  }

  /** The one eats until the other waits for the waiter; then it comes again and again. */
  @CheckId(value = "X7", points = 2)
  @Explore
  void the_waiter_lets_no_late_comer_pass_twice(Scenario s) {
    s.noSpuriousWakeUps();
    Table table = new WaiterTable(2);
    Fork one = new Fork(1);
    Fork other = new Fork(2);
    Tally eats = s.tally("the greedy one eats");
    Tally patientOnes = s.tally("meals of the patient one");
    Tally passed = s.tally("meals of the greedy one while the other waits");
    s.thread(
        "patient",
        () -> {
          s.until("the greedy one eats", () -> eats.get() == 1);
          table.dine(0, one, other, () -> patientOnes.add(1));
        });
    s.thread(
        "greedy",
        () -> {
          table.dine(
              1,
              other,
              one,
              () -> {
                eats.add(1);
                s.untilWaiting("patient");
              });
          for (int i = 0; i < 3; i++) {
            table.dine(
                1,
                other,
                one,
                () ->
                    s.require(
                        patientOnes.get() == 1 || passed.add(1) <= 1,
                        "one who waits for the waiter was passed by twice by one who came later"));
          }
        });
  }
}
