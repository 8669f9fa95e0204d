package threads.raceclinic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import threadmill.explore.History;
import threadmill.explore.Scenario;
import threadmill.explore.Tally;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Explore;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.model.Kind;

/** What three classes promise when they are cured of their races. */
@Contract
class RaceClinicTest {
  private static final List<String> WORDS = List.of("to", "be", "or", "");

  @CheckId("S0")
  @Test
  void time_is_no_medicine(Crew crew) {
    crew.make("new Tickets(1)", () -> new Tickets(1));
    crew.make("new Range(0, 1)", () -> new Range(0, 1));
    crew.make("new WordCount()", WordCount::new);
    Structure.of(Tickets.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks")
        .mayUse(VarHandle.class, MethodHandles.class)
        .mayCall("java.lang.Thread.onSpinWait", "java.lang.Thread.yield")
        .holds();
  }

  @CheckId("P1")
  @Property(tries = 30)
  void one_counter_sells_every_seat_once(
      @ForAll @IntRange(max = 3) int seats,
      @ForAll @Size(max = 8) List<Boolean> sales,
      Crew crew) {
    Tickets tickets = crew.make("new Tickets(" + seats + ")", () -> new Tickets(seats));
    crew.does(
            "sell()",
            () -> {
              int left = seats;
              for (boolean sale : sales) {
                if (sale) {
                  expect(crew, "sell()", tickets.sell(), left > 0, left + " seats were left");
                  left -= left > 0 ? 1 : 0;
                }
                expect(crew, "left()", tickets.left(), left, left + " seats are left");
              }
            })
        .finishes("nobody else sells");
  }

  @CheckId("P2")
  @Property(tries = 30)
  void one_thread_moves_the_ends_of_a_range_and_they_never_pass(
      @ForAll @Size(max = 10) List<@IntRange(max = 39) Integer> moves,
      @ForAll @IntRange(max = 3) int where,
      Crew crew) {
    int begin = new int[] {0, -4, -100, -2_000_000_000}[where];
    Range range = crew.make("new Range(lo, hi)", () -> new Range(begin + 3, begin + 5));
    crew.does(
            "setLo(v)",
            () -> {
              int lo = begin + 3;
              int hi = begin + 5;
              for (int move : moves) {
                int v = begin + move / 4;
                String when = "for " + v + ", when the range was from " + lo + " to " + hi;
                if (move % 4 == 0) {
                  expect(crew, "setLo(v)", range.setLo(v), v <= hi, when);
                  lo = v <= hi ? v : lo;
                } else if (move % 4 == 1) {
                  expect(crew, "setHi(v)", range.setHi(v), v >= lo, when);
                  hi = v >= lo ? v : hi;
                } else {
                  expect(crew, "contains(v)", range.contains(v), lo <= v && v <= hi, when);
                }
                expect(crew, "width()", range.width(), hi - lo, "the range is " + lo + " to " + hi);
              }
              String when = "when the range was from " + lo + " to " + hi;
              expect(crew, "setLo(v)", range.setLo(hi + 1), false, "for " + (hi + 1) + ", " + when);
              expect(crew, "setHi(v)", range.setHi(lo - 1), false, "for " + (lo - 1) + ", " + when);
              expect(crew, "setLo(v)", range.setLo(hi), true, "for " + hi + ", " + when);
              expect(crew, "contains(v)", range.contains(hi), true, "it is from " + hi + " to " + hi);
              expect(crew, "setHi(v)", range.setHi(hi), true, "it is from " + hi + " to " + hi);
            })
        .finishes("nobody else moves them");
  }

  @CheckId("P3")
  @Property(tries = 30)
  void one_thread_counts_words(
      @ForAll @Size(max = 10) List<@IntRange(max = 3) Integer> heard, Crew crew) {
    WordCount count = crew.make("new WordCount()", WordCount::new);
    crew.does(
            "hit(word)",
            () -> {
              Map<String, Integer> model = new HashMap<>();
              for (int index : heard) {
                count.hit(WORDS.get(index));
                model.merge(WORDS.get(index), 1, Integer::sum);
                for (String word : WORDS) {
                  int times = model.getOrDefault(word, 0);
                  String because = "\"" + word + "\" was counted " + times + " times";
                  expect(crew, "of(word)", count.of(word), times, because);
                }
              }
            })
        .finishes("nobody else counts");
  }

  private static void expect(Crew crew, String call, Object found, Object wanted, String because) {
    if (!found.equals(wanted)) {
      throw crew.failureAt(
          call, Kind.CONTRACT, call + " returned " + found + ", not " + wanted + ": " + because);
    }
  }

  @CheckId("S1")
  @Test
  void nobody_outside_can_stop_the_counting(Crew crew) {
    String word = "stop-" + crew.random().nextInt(1_000);
    WordCount count = crew.make("new WordCount()", WordCount::new);
    CountDownLatch held = new CountDownLatch(1);
    Step<Void> outsider =
        crew.does(
            "holding the monitor of a word",
            () -> {
              synchronized (word.intern()) {
                held.countDown();
                new CountDownLatch(1).await();
              }
            });
    crew.until(() -> held.getCount() == 0 || outsider.isOver(), "nobody holds the word");
    String because =
        "nobody else counts: another thread holds the monitor of the word, which is not yours";
    crew.does("hit(word)", () -> count.hit(word.intern())).finishes(because);
    crew.asks("of(word)", () -> count.of(word.intern())).finishes(because);
  }

  @CheckId(value = "S2", points = 2)
  @Test
  void four_threads_on_real_processors_lose_nothing(Crew crew) {
    crew.heavy();
    List<String> sold = new ArrayList<>();
    List<String> counted = new ArrayList<>();
    rush(crew.noisy(), 600, sold, counted);
    rush(crew.quiet(), 20_000, sold, counted);
    if (!sold.isEmpty()) {
      String sentence = "4 threads sold another number of seats than there are";
      throw crew.failureAt("sell()", Kind.SAFETY, sentence, String.join("; ", sold));
    }
    if (!counted.isEmpty()) {
      String sentence = "4 threads counted a word, and some of it was lost or counted twice";
      throw crew.failureAt("hit(word)", Kind.SAFETY, sentence, String.join("; ", counted));
    }
  }

  /** Four threads sell all seats and count one word for each; what came of it, where it is wrong. */
  private static void rush(Crew crew, int seats, List<String> missold, List<String> miscounted) {
    for (int round = 0; round < 3; round++) {
      Tickets tickets = crew.make("new Tickets(" + seats + ")", () -> new Tickets(seats));
      WordCount count = crew.make("new WordCount()", WordCount::new);
      AtomicInteger sold = new AtomicInteger();
      List<Step<Void>> counters =
          crew.atOnce(
              4,
              "sell()",
              i ->
                  () -> {
                    int mine = 0;
                    while (mine <= seats && tickets.sell()) {
                      mine++;
                      count.hit("seat");
                    }
                    sold.addAndGet(mine);
                  });
      crew.allFinish(counters, "the seats come to an end");
      if (sold.get() != seats) {
        missold.add("sold: " + sold + " of " + seats);
      }
      int counted = crew.answer("of(word)", () -> count.of("seat"));
      if (counted != seats) {
        miscounted.add("counted: " + counted + " of " + seats);
      }
    }
  }

  @CheckId(value = "S3", points = 2)
  @Test
  void however_many_threads_there_are_nothing_is_lost(Crew crew) {
    crew.heavy().noisy();
    for (int threads : crew.sizes(2, 40)) {
      int each = 20;
      Tickets tickets = crew.make("new Tickets(seats)", () -> new Tickets(threads * each));
      WordCount count = crew.make("new WordCount()", WordCount::new);
      Range range = crew.make("new Range(lo, hi)", () -> new Range(0, 100));
      AtomicInteger sold = new AtomicInteger();
      AtomicInteger passed = new AtomicInteger();
      List<Step<Void>> all =
          crew.atOnce(
              threads,
              "sell()",
              i ->
                  () -> {
                    for (int n = 0; n < each; n++) {
                      sold.addAndGet(tickets.sell() ? 1 : 0);
                      count.hit(WORDS.get(n % 2));
                      passed.addAndGet(moves(range, i % 2 == 0, n) ? 0 : 1);
                    }
                  });
      crew.allFinish(all, "nobody waits for anything but a lock");
      int left = crew.answer("left()", tickets::left);
      int heard = crew.answer("of(word)", () -> count.of("to") + count.of("be"));
      requireAll(crew, "sell()", sold.get(), threads * each);
      requireAll(crew, "left()", left, 0);
      requireAll(crew, "hit(word)", heard, threads * each);
      requireAll(crew, "width()", passed.get(), 0);
    }
  }

  /** Moves one end to one of two places each, which may pass each other; whether it did not. */
  private static boolean moves(Range range, boolean lower, int n) {
    if (lower) {
      range.setLo(n % 2 == 0 ? 20 : 70);
    } else {
      range.setHi(n % 2 == 0 ? 50 : 90);
    }
    return range.width() >= 0;
  }

  private static void requireAll(Crew crew, String call, int found, int wanted) {
    if (found != wanted) {
      throw crew.failureAt(
          call,
          Kind.SAFETY,
          "many threads sold seats, counted words and moved the ends of a range, and " + call
              + " does not tell what came of it",
          "found: " + found + ", not " + wanted);
    }
  }

  @CheckId(value = "X1", points = 2)
  @Explore
  void the_last_seat_is_sold_once(Scenario s) {
    Tickets tickets = new Tickets(1);
    Tally sold = s.tally("sold");
    for (String name : List.of("A", "B")) {
      s.thread(name, () -> sold.add(tickets.sell() ? 1 : 0));
    }
    s.atEnd("the one seat there was has been sold once", () -> sold.get() == 1);
  }

  @CheckId(value = "X2", points = 2)
  @Explore
  void sales_and_what_is_left_could_have_come_one_by_one(Scenario s) {
    Tickets tickets = new Tickets(2);
    History<Seats> history = s.history(() -> new Seats(2));
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            history.call("sell()", tickets::sell, Seats::sell);
            history.call("left()", tickets::left, seats -> seats.left);
          });
    }
  }

  /** Tickets as seen by one thread at a time. */
  static final class Seats {
    private int left;

    Seats(int left) {
      this.left = left;
    }

    boolean sell() {
      return left > 0 && left-- > 0;
    }
  }

  @CheckId(value = "X3", points = 3)
  @Explore
  void two_ends_moved_at_once_do_not_pass_each_other(Scenario s) {
    Range range = new Range(0, 10);
    History<Ends> history = s.history(() -> new Ends(0, 10));
    s.thread("A", () -> history.call("setLo(8)", () -> range.setLo(8), ends -> ends.setLo(8)));
    s.thread("B", () -> history.call("setHi(2)", () -> range.setHi(2), ends -> ends.setHi(2)));
    s.atEnd("the lower end is not above the upper end", () -> range.width() >= 0);
  }

  @CheckId(value = "X4", points = 2)
  @Explore
  void a_range_is_seen_as_it_was_at_one_instant(Scenario s) {
    Range range = new Range(0, 3);
    History<Ends> history = s.history(() -> new Ends(0, 3));
    s.thread(
        "A",
        () -> {
          history.call("setHi(9)", () -> range.setHi(9), ends -> ends.setHi(9));
          history.call("setLo(7)", () -> range.setLo(7), ends -> ends.setLo(7));
        });
    s.thread(
        "B",
        () -> {
          history.call("width()", range::width, Ends::width);
          history.call("contains(5)", () -> range.contains(5), ends -> ends.contains(5));
        });
  }

  /** A range as seen by one thread at a time. */
  static final class Ends {
    private int lo;
    private int hi;

    Ends(int lo, int hi) {
      this.lo = lo;
      this.hi = hi;
    }

    boolean setLo(int v) {
      lo = v <= hi ? v : lo;
      return lo == v;
    }

    boolean setHi(int v) {
      hi = v >= lo ? v : hi;
      return hi == v;
    }

    boolean contains(int v) {
      return lo <= v && v <= hi;
    }

    int width() {
      return hi - lo;
    }
  }

  @CheckId(value = "X5", points = 3)
  @Explore
  void a_word_heard_twice_at_once_counts_twice(Scenario s) {
    WordCount count = new WordCount();
    for (String name : List.of("A", "B")) {
      // Equal, but not the same object.
      String word = new String("to");
      s.thread(name, () -> count.hit(word));
    }
    s.atEnd("\"to\" was counted twice", () -> count.of("to") == 2);
  }

  @CheckId(value = "X6", points = 2)
  @Explore
  void different_words_do_not_disturb_each_other(Scenario s) {
    WordCount count = new WordCount();
    List<String> words = List.of("to", "be");
    for (String word : words) {
      s.thread(
          word,
          () -> {
            count.hit(word);
            s.require(count.of(word) == 1, "a word counted once had another count than 1");
          });
    }
    s.atEnd("each word was counted once", () -> words.stream().allMatch(w -> count.of(w) == 1));
  }

  @CheckId("X7")
  @Explore
  void a_count_never_goes_back(Scenario s) {
    WordCount count = new WordCount();
    History<Map<String, Integer>> history = s.history(HashMap::new);
    s.thread(
        "A",
        () -> {
          for (int i = 0; i < 2; i++) {
            history.call(
                "hit(\"to\")",
                () -> {
                  count.hit("to");
                  return true;
                },
                model -> model.merge("to", 1, Integer::sum) > 0);
          }
        });
    s.thread(
        "B",
        () -> {
          for (int i = 0; i < 2; i++) {
            history.call("of(\"to\")", () -> count.of("to"), m -> m.getOrDefault("to", 0));
          }
        });
  }

  @CheckId(value = "X8", points = 2)
  @Explore
  void two_of_a_kind_do_not_wait_for_each_other(Scenario s) {
    for (String name : List.of("A", "B")) {
      Tickets tickets = new Tickets(1);
      Range range = new Range(0, 1);
      WordCount count = new WordCount();
      s.thread(
          name,
          () -> {
            tickets.sell();
            range.setLo(1);
            count.hit("to");
          });
    }
    s.mustNotWait("two threads that share no object go on at the same time", "A", "B");
  }

  @CheckId(value = "X9", points = 2)
  @Explore
  void nobody_sees_fewer_seats_than_none(Scenario s) {
    Tickets tickets = new Tickets(1);
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            tickets.sell();
            s.require(tickets.left() == 0, "left() was not 0 after the only seat had been sold");
          });
    }
  }
}
