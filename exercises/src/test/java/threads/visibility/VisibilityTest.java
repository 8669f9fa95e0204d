package threads.visibility;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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
import threadmill.harness.Failure;
import threadmill.harness.Meeting;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.model.Kind;

/** What four classes promise that hand something from one thread to another. */
@Contract
class VisibilityTest {
  private static final String NOTHING = "nothing has been published";
  private static final String PUBLISHED = "something was published";

  /** An object with ordinary fields, which are always equal. */
  static final class Pair {
    private int left;
    private int right;

    static Pair of(int value) {
      Pair pair = new Pair();
      pair.left = value;
      pair.right = value;
      return pair;
    }

    boolean isWhole() {
      return left == 7 && right == 7;
    }
  }

  /** What a supplier of these checks throws. */
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @CheckId("S0")
  @Test
  void nobody_waits_by_the_clock(Crew crew) {
    crew.make("new StopFlag()", StopFlag::new);
    crew.make("new Lazy(supplier)", () -> new Lazy<>(() -> ""));
    Publisher<Sensor> registry = publisher(crew);
    crew.answer("register(registry, low, high)", () -> Sensor.register(registry, 1, 2));
    Structure.of(StopFlag.class)
        .mayUse("java.util.concurrent", "java.util.concurrent.atomic", "java.util.concurrent.locks")
        .mayUse(VarHandle.class, MethodHandles.class)
        .holds();
  }

  @CheckId("S1")
  @Test
  void the_work_is_done_until_it_is_stopped_and_not_once_more(Crew crew) {
    StopFlag flag = crew.make("new StopFlag()", StopFlag::new);
    AtomicInteger done = new AtomicInteger();
    Work work =
        () -> {
          if (done.incrementAndGet() == 3) {
            flag.stop();
          }
        };
    expectRounds(crew, flag, work, 3, "the third piece of work called stop()");
    expectRounds(crew, flag, work, 0, "stop() was called before");
    if (done.get() != 3) {
      throw crew.failureAt(
          "spinUntilStopped(work)",
          Kind.CONTRACT,
          "spinUntilStopped(work) did its work more or less often than 3 times: it looks before each"
              + " time",
          "done: " + done + " times");
    }
  }

  @CheckId(value = "S9", points = 2)
  @Test
  void each_loop_counts_its_own_work(Crew crew) {
    StopFlag flag = crew.make("new StopFlag()", StopFlag::new);
    String call = "spinUntilStopped(work)";
    AtomicInteger begun = new AtomicInteger();
    Meeting gate = crew.meeting(2);
    Work slow =
        () -> {
          if (begun.incrementAndGet() == 2) {
            gate.attend();
          }
        };
    Step<Long> first = crew.asks(call, () -> flag.spinUntilStopped(slow));
    crew.until(() -> begun.get() == 2 || first.isOver(), "the work should be done again");
    AtomicInteger done = new AtomicInteger();
    Work quick =
        () -> {
          if (done.incrementAndGet() == 5) {
            flag.stop();
          }
        };
    expectRounds(crew, flag, quick, 5, "the fifth piece of its work called stop()");
    gate.dismiss();
    long rounds = first.finishes("it was stopped");
    if (rounds != 2) {
      throw crew.failureAt(
          call,
          Kind.CONTRACT,
          call + " counted what another loop did: it returned another number than 2",
          "returned: " + rounds);
    }
  }

  private static void expectRounds(
      Crew crew, StopFlag flag, Work work, long wanted, String because) {
    String call = "spinUntilStopped(work)";
    long rounds = crew.asks(call, () -> flag.spinUntilStopped(work)).finishes("it was stopped");
    if (rounds != wanted) {
      String sentence = call + " did not return " + wanted + ": " + because;
      throw crew.failureAt(call, Kind.CONTRACT, sentence, "returned: " + rounds);
    }
  }

  @CheckId("S2")
  @Test
  void a_publisher_keeps_what_was_published_last(Crew crew) {
    Publisher<String> publisher = publisher(crew);
    same("getOrNull()", crew.answer("getOrNull()", publisher::getOrNull), null, NOTHING);
    crew.does("publish(null)", () -> publisher.publish(null))
        .fails(NullPointerException.class, "null means that nothing is there");
    same("getOrNull()", crew.answer("getOrNull()", publisher::getOrNull), null, NOTHING);
    for (String value : List.of("one", "two")) {
      crew.done("publish(value)", () -> publisher.publish(value));
      String because = value + " was published last";
      same("getOrNull()", crew.answer("getOrNull()", publisher::getOrNull), value, because);
      same("await()", crew.answer("await()", publisher::await), value, because);
    }
  }

  @CheckId(value = "S3", points = 2)
  @Test
  void who_awaits_a_value_sleeps(Crew crew) {
    Publisher<String> publisher = publisher(crew);
    Step<String> first = crew.asks("await()", publisher::await).blocks(NOTHING);
    Step<String> second = crew.asks("await()", publisher::await).blocks(NOTHING);
    first.survivesSpuriousWakeUp(NOTHING);
    second.interrupt().fails(InterruptedException.class, "its thread was interrupted");
    first.blocks(NOTHING);
    crew.done("publish(value)", () -> publisher.publish("value"));
    same("await()", first.finishes(PUBLISHED), "value", "it was published");
  }

  @CheckId("S4")
  @Test
  void a_lazy_value_is_made_when_it_is_wanted_and_once(Crew crew) {
    AtomicInteger calls = new AtomicInteger();
    Lazy<Object> lazy =
        lazy(
            crew,
            () -> {
              calls.incrementAndGet();
              return new Object();
            });
    expectCalls(crew, calls, 0, "nobody has wanted the value yet");
    Object made = crew.answer("get()", lazy::get);
    same("get()", crew.answer("get()", lazy::get), made, "that is the value that was made");
    expectCalls(crew, calls, 1, "the value is made once");
  }

  @CheckId(value = "S5", points = 2)
  @Test
  void a_failure_makes_nothing_and_spoils_nothing(Crew crew) {
    for (Throwable failure : List.of(new Failed(), new AssertionError("as bad as can be"))) {
      AtomicInteger calls = new AtomicInteger();
      Lazy<String> lazy =
          lazy(
              crew,
              () -> {
                if (calls.incrementAndGet() == 1) {
                  throwIt(failure);
                }
                return "value";
              });
      Throwable thrown =
          crew.asks("get()", lazy::get).fails(failure.getClass(), "the supplier did");
      same("get()", thrown, failure, "that is what the supplier threw");
      String again = "the supplier failed and is asked anew, and now does not fail";
      same("get()", crew.asks("get()", lazy::get).finishes(again), "value", again);
      expectCalls(crew, calls, 2, "the first call failed and the second one did not");
    }
  }

  private static void throwIt(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  @CheckId("S6")
  @Test
  void a_supplier_that_asks_for_its_own_value_is_told(Crew crew) {
    AtomicReference<Lazy<String>> itself = new AtomicReference<>();
    AtomicInteger calls = new AtomicInteger();
    Lazy<String> lazy =
        lazy(crew, () -> calls.incrementAndGet() == 1 ? itself.get().get() : "value");
    itself.set(lazy);
    String because = "the supplier called get() on the value that it was making";
    crew.asks("get()", lazy::get).fails(IllegalStateException.class, because);
    String again = "the supplier does not do it again";
    same("get()", crew.asks("get()", lazy::get).finishes(again), "value", again);

    Lazy<String> other = lazy(crew, () -> "of another");
    Lazy<String> outer = lazy(crew, other::get);
    String nested = "its supplier asks another one for its value, which was not yet made";
    same("get()", crew.answer("get()", outer::get), "of another", nested);
  }

  @CheckId("S7")
  @Test
  void who_comes_while_the_value_is_made_sleeps(Crew crew) {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch ready = new CountDownLatch(1);
    Lazy<Object> lazy =
        lazy(
            crew,
            () -> {
              calls.incrementAndGet();
              try {
                ready.await();
              } catch (InterruptedException e) {
                throw new Failed();
              }
              return new Object();
            });
    Step<Object> first = crew.asks("get()", lazy::get);
    crew.untilWaiting(first, "its supplier takes its time");
    Step<Object> second =
        crew.asks("get()", lazy::get).blocks("another thread is making the value");
    expectCalls(crew, calls, 1, "one thread is making the value, and another waits for it");
    ready.countDown();
    Object made = first.finishes("the value was made");
    same("get()", second.finishes("the value was made"), made, "that is the value that was made");
  }

  @CheckId("S8")
  @Test
  void a_registered_sensor_is_in_the_registry(Crew crew) {
    Publisher<Sensor> registry = publisher(crew);
    String call = "register(registry, low, high)";
    Sensor sensor = crew.answer(call, () -> Sensor.register(registry, 3, 9));
    same(
        "getOrNull()",
        crew.answer("getOrNull()", registry::getOrNull),
        sensor,
        "that sensor was registered");
    same("low()", crew.answer("low()", sensor::low), 3, "it was registered with 3 and 9");
    same("high()", crew.answer("high()", sensor::high), 9, "it was registered with 3 and 9");
  }

  @CheckId(value = "S10", points = 2)
  @Test
  void however_many_wait_for_a_value_all_get_it(Crew crew) {
    for (int threads : crew.sizes(2, 40)) {
      Publisher<String> publisher = publisher(crew);
      AtomicInteger calls = new AtomicInteger();
      Meeting door = crew.meeting(Integer.MAX_VALUE);
      Lazy<String> lazy =
          lazy(
              crew,
              () -> {
                door.attend();
                calls.incrementAndGet();
                return "made";
              });
      List<Step<String>> awaiting = new ArrayList<>();
      List<Step<String>> getting = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        awaiting.add(crew.asks("await()", publisher::await));
        getting.add(crew.asks("get()", lazy::get));
      }
      crew.untilAllWait(awaiting, "nothing was published");
      crew.untilAllWait(getting, "the supplier is still at work");
      door.dismiss();
      crew.done("publish(value)", () -> publisher.publish("news"));
      for (int i = 0; i < threads; i++) {
        same("await()", awaiting.get(i).finishes("it was published"), "news", "it was published");
        same("get()", getting.get(i).finishes("it was made"), "made", "it was made");
      }
      expectCalls(crew, calls, 1, "many threads asked for one value");
    }
  }

  @CheckId(value = "S11", points = 2)
  @Test
  void two_of_a_kind_know_nothing_of_each_other(Crew crew) {
    StopFlag stopped = crew.make("new StopFlag()", StopFlag::new);
    StopFlag flag = crew.make("new StopFlag()", StopFlag::new);
    crew.done("stop()", stopped::stop);
    AtomicInteger done = new AtomicInteger();
    Work work =
        () -> {
          if (done.incrementAndGet() == 3) {
            flag.stop();
          }
        };
    expectRounds(crew, flag, work, 3, "only another flag was stopped before");

    Publisher<String> full = publisher(crew);
    Publisher<String> empty = publisher(crew);
    crew.done("publish(value)", () -> full.publish("value"));
    String elsewhere = "it was published by another publisher only";
    same("getOrNull()", crew.answer("getOrNull()", empty::getOrNull), null, elsewhere);
    Lazy<String> one = lazy(crew, () -> "one");
    Lazy<String> two = lazy(crew, () -> "two");
    same("get()", crew.answer("get()", one::get), "one", "its supplier says so");
    same("get()", crew.answer("get()", two::get), "two", "its supplier says so");

    String call = "register(registry, low, high)";
    Publisher<Sensor> registry = publisher(crew);
    Sensor first =
        crew.answer(call, () -> Sensor.register(registry, Integer.MIN_VALUE, Integer.MAX_VALUE));
    Sensor second = crew.answer(call, () -> Sensor.register(registry, 5, -5));
    String made = "it was registered with that, and another one after it";
    same("low()", crew.answer("low()", first::low), Integer.MIN_VALUE, made);
    same("high()", crew.answer("high()", first::high), Integer.MAX_VALUE, made);
    same("low()", crew.answer("low()", second::low), 5, "it was registered with 5 and -5");
    same("high()", crew.answer("high()", second::high), -5, "it was registered with 5 and -5");
  }

  @CheckId(value = "X1", points = 2)
  @Explore
  void a_loop_sees_that_it_was_stopped(Scenario s) {
    StopFlag flag = new StopFlag();
    Tally rounds = s.tally("rounds");
    s.thread(
        "A",
        () -> {
          long counted = flag.spinUntilStopped(() -> rounds.add(1));
          s.require(counted == rounds.get(), "spinUntilStopped(work) counted wrongly");
        });
    s.thread("B", flag::stop);
  }

  @CheckId("X2")
  @Explore
  void what_was_written_before_the_stop_is_seen_after_the_loop(Scenario s) {
    StopFlag flag = new StopFlag();
    Pair pair = new Pair();
    s.thread(
        "A",
        () -> {
          flag.spinUntilStopped(() -> {});
          s.require(pair.isWhole(), "after the loop a write from before stop() was not seen");
        });
    s.thread(
        "B",
        () -> {
          pair.left = 7;
          pair.right = 7;
          flag.stop();
        });
  }

  @CheckId(value = "X3", points = 2)
  @Explore
  void what_is_published_is_whole(Scenario s) {
    Publisher<Pair> publisher = new Publisher<>();
    s.thread("A", () -> publisher.publish(Pair.of(7)));
    s.thread(
        "B",
        () -> {
          Pair pair = publisher.getOrNull();
          s.require(pair == null || pair.isWhole(), "a published object was seen half built");
        });
    s.atEnd("the object is there", () -> publisher.getOrNull().isWhole());
  }

  @CheckId(value = "X4", points = 3)
  @Explore
  void everybody_who_awaits_a_value_gets_it(Scenario s) {
    Publisher<Pair> publisher = new Publisher<>();
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            Pair pair = publisher.await();
            s.require(pair != null, "await() returned null: it took a wake-up for a value");
            s.require(pair.isWhole(), "a published object was seen half built");
          });
    }
    s.thread("C", () -> publisher.publish(Pair.of(7)));
  }

  /** One call of a history of a publisher. */
  enum Operation {
    PUBLISH,
    GET,
    AWAIT,
    INTERRUPT_A,
    INTERRUPT_B
  }

  @CheckId(value = "P1", points = 2)
  @Property(tries = 19, edgeCases = EdgeCasesMode.FIRST)
  void every_small_program_sees_the_current_value(
      @ForAll("plans") List<Operation> first,
      @ForAll("plans") List<Operation> second,
      Scenario s) {
    Publisher<String> publisher = new Publisher<>();
    History<String[]> history = s.history(() -> new String[1]);
    s.thread(
        "A",
        () -> {
          // So that nobody waits for ever.
          publish(history, publisher, "a");
          act(history, publisher, s, "a", first);
        });
    s.thread("B", () -> act(history, publisher, s, "b", second));
  }

  /** What one operation of each thread shows is seen first, and so told alike under each seed. */
  @Provide
  private Arbitrary<List<Operation>> plans() {
    return Arbitraries.of(Operation.class)
        .list()
        .ofMinSize(1)
        .ofMaxSize(2)
        .edgeCases(
            cases -> {
              cases.filter(usual -> false);
              for (Operation operation : Operation.values()) {
                cases.add(List.of(operation));
              }
            });
  }

  private static void act(
      History<String[]> history,
      Publisher<String> publisher,
      Scenario s,
      String name,
      List<Operation> operations)
      throws Exception {
    int published = 0;
    for (Operation operation : operations) {
      switch (operation) {
        case PUBLISH -> publish(history, publisher, name + ++published);
        case GET -> history.observe("getOrNull()", publisher::getOrNull, model -> model[0]);
        case AWAIT -> await(history, publisher);
        case INTERRUPT_A -> s.interrupt("A");
        case INTERRUPT_B -> s.interrupt("B");
        default -> throw new IllegalStateException();
      }
    }
  }

  private static void await(History<String[]> history, Publisher<String> publisher)
      throws Exception {
    try {
      history.interruptible("await()", publisher::await, model -> awaited(model[0]));
    } catch (InterruptedException e) {
      // Whether it may end so is for the history to say.
    }
  }

  private static String awaited(String value) {
    if (value == null) {
      throw History.mustWait();
    }
    return value;
  }

  private static void publish(
      History<String[]> history, Publisher<String> publisher, String value) throws Exception {
    history.call(
        "publish(" + value + ")",
        () -> {
          publisher.publish(value);
          return true;
        },
        model -> {
          model[0] = value;
          return true;
        });
  }

  @CheckId(value = "X5", points = 3)
  @Explore
  void a_lazy_value_is_made_once_and_whole(Scenario s) {
    Tally calls = s.tally("calls of the supplier");
    Lazy<Pair> lazy =
        new Lazy<>(
            () -> {
              s.require(calls.add(1) == 1, "the supplier was called twice");
              return Pair.of(7);
            });
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            Pair pair = lazy.get();
            s.require(pair != null && pair.isWhole(), "get() returned an object half built");
          });
    }
  }

  @CheckId(value = "X6", points = 2)
  @Explore
  void after_a_failure_the_next_one_tries(Scenario s) {
    Tally calls = s.tally("calls of the supplier");
    Tally failures = s.tally("failures");
    Lazy<Pair> lazy =
        new Lazy<>(
            () -> {
              if (calls.add(1) == 1) {
                throw new Failed();
              }
              return Pair.of(7);
            });
    for (String name : List.of("A", "B")) {
      s.thread(
          name,
          () -> {
            try {
              Pair pair = lazy.get();
              s.require(pair != null && pair.isWhole(), "get() returned what nobody had made");
            } catch (Failed e) {
              failures.add(1);
            }
          });
    }
    s.atEnd(
        "one thread got the failure and the other one called the supplier again",
        () -> failures.get() == 1 && calls.get() == 2);
  }

  /** The promise of a lazy value whose supplier fails at first. */
  private static final class Once {
    private final int failures;
    private int calls;

    Once(int failures) {
      this.failures = failures;
    }

    String get() {
      calls += calls > failures ? 0 : 1;
      if (calls <= failures) {
        throw new Failed();
      }
      return "the value";
    }
  }

  /** How often each thread asks; C interrupts the others. */
  @CheckId(value = "P2", points = 2)
  @Property(tries = 12)
  void every_small_program_sees_one_lazy_value(
      @ForAll @IntRange(max = 1) int failures,
      @ForAll @IntRange(min = 1, max = 2) int a,
      @ForAll @IntRange(min = 1, max = 2) int b,
      @ForAll @Size(max = 2) List<@From("who") String> interrupted,
      Scenario s) {
    Tally calls = s.tally("calls of the supplier");
    Lazy<String> lazy =
        new Lazy<>(
            () -> {
              if (calls.add(1) <= failures) {
                throw new Failed();
              }
              return "the value";
            });
    History<Once> history = s.history(() -> new Once(failures));
    s.thread("A", () -> get(a, lazy, history));
    s.thread("B", () -> get(b, lazy, history));
    s.thread("C", () -> interrupted.forEach(s::interrupt));
    s.atEnd("the supplier was not called again", () -> calls.get() <= failures + 1);
  }

  @Provide
  private Arbitrary<String> who() {
    return Arbitraries.of("A", "B");
  }

  private static void get(int times, Lazy<String> lazy, History<Once> history) throws Exception {
    for (int i = 0; i < times; i++) {
      try {
        history.call("get()", lazy::get, Once::get);
      } catch (Failed e) {
        // Whether it may end so is for the history to say.
      }
    }
  }

  @CheckId(value = "X7", points = 2)
  @Explore
  void nobody_finds_an_unfinished_sensor(Scenario s) {
    Publisher<Sensor> registry = new Publisher<>();
    s.thread("A", () -> Sensor.register(registry, 3, 9));
    s.thread(
        "B",
        () -> {
          Sensor sensor = registry.getOrNull();
          s.require(
              sensor == null || sensor.low() == 3 && sensor.high() == 9,
              "a sensor was found in the registry before its limits were set");
        });
  }

  /** Handed on without any order between the two, as it may be. */
  @CheckId(value = "X8", points = 2)
  @Explore
  void a_sensor_is_whole_however_it_is_handed_on(Scenario s) {
    Publisher<Sensor> registry = new Publisher<>();
    AtomicReference<Sensor> elsewhere = new AtomicReference<>();
    s.thread("A", () -> elsewhere.setOpaque(Sensor.register(registry, 3, 9)));
    s.thread(
        "B",
        () -> {
          Sensor sensor = elsewhere.getOpaque();
          s.require(
              sensor == null || sensor.low() == 3 && sensor.high() == 9,
              "a sensor that another thread handed on was seen before its limits were set");
        });
  }

  private static <T> Publisher<T> publisher(Crew crew) {
    return crew.make("new Publisher()", Publisher::new);
  }

  private static <T> Lazy<T> lazy(Crew crew, Supplier<T> supplier) {
    return crew.make("new Lazy(supplier)", () -> new Lazy<>(supplier));
  }

  private static void expectCalls(Crew crew, AtomicInteger calls, int wanted, String because) {
    if (calls.get() != wanted) {
      throw crew.failureAt(
          "get()",
          Kind.CONTRACT,
          "the supplier was not called " + wanted + " times: " + because,
          "called: " + calls + " times");
    }
  }

  private static void same(String call, Object found, Object wanted, String because) {
    boolean equal = wanted instanceof Integer ? wanted.equals(found) : found == wanted;
    if (!equal) {
      String sentence = call + " returned something else than it should: " + because;
      List<String> evidence = List.of("returned: " + found + "; should be: " + wanted);
      throw Failure.of(Kind.CONTRACT, sentence, Optional.empty(), evidence);
    }
  }
}
