package locks.boundedbuffer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import locks.boundedbuffer.Model.Call;
import locks.boundedbuffer.Model.Story;
import locks.boundedbuffer.Traffic.Load;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Crew;
import threadmill.harness.Guard;
import threadmill.harness.Halt;
import threadmill.harness.Step;
import threadmill.harness.Structure;
import threadmill.model.Kind;

/** What a bounded buffer promises, to one thread and to many. */
@Contract
final class BoundedBufferTest {
  private static final int CROWD = 4;
  private static final int WAKE_UPS = 2;
  private static final int ROUNDS = 15;
  private static final int LATE = 8;

  @Test
  @CheckId(value = "B1", points = 2)
  void a_buffer_holds_as_many_items_as_its_capacity_and_no_more(Crew crew) {
    for (int capacity : List.of(1, 3)) {
      BoundedBuffer<Integer> buffer = filled(crew, capacity);
      Returned.by(crew.asks("size()", buffer::size), capacity, "so many items were put");
      put(crew, buffer, 9).blocks("the capacity is " + capacity + " and so many items are inside");
    }
    for (int capacity : List.of(0, -1, Integer.MIN_VALUE)) {
      String call = "new BoundedBuffer(" + capacity + ")";
      crew.asks(call, () -> new BoundedBuffer<Integer>(capacity))
          .fails(IllegalArgumentException.class, "a buffer needs room for at least one item");
    }
  }

  @Test
  @CheckId(value = "B2", points = 2)
  void who_waits_leaves_the_processor_alone(Crew crew) {
    BoundedBuffer<Integer> empty = buffer(crew, 2);
    List<Step<Integer>> takes = List.of(take(crew, empty), take(crew, empty));
    takes.forEach(take -> take.blocks("the buffer is empty"));
    BoundedBuffer<Integer> full = filled(crew, 2);
    List<Step<Void>> puts = List.of(put(crew, full, 8), put(crew, full, 9));
    puts.forEach(put -> put.blocks("the buffer is full"));
    crew.asks("poll(600000)", () -> empty.poll(600_000)).blocks("the buffer is empty");
    crew.asks("offer(9, 600000)", () -> full.offer(9, 600_000)).blocks("the buffer is full");
  }

  @Test
  @CheckId("B18")
  void with_a_limit_of_0_or_less_no_call_waits(Crew crew) {
    for (long millis : List.of(0L, -1L, -86_400_000L, Long.MIN_VALUE)) {
      BoundedBuffer<Integer> buffer = buffer(crew, 1);
      Returned.by(poll(crew, buffer, millis), null, "there is no item and no time to wait");
      Returned.by(offer(crew, buffer, 1, millis), true, "there is room");
      Returned.by(offer(crew, buffer, 2, millis), false, "there is no room and no time to wait");
      Returned.by(poll(crew, buffer, millis), 1, "1 is inside");
      Returned.by(crew.asks("size()", buffer::size), 0, "1 was put and taken, and 2 was not put");
    }
  }

  private static Step<Boolean> offer(
      Crew crew, BoundedBuffer<Integer> buffer, int item, long millis) {
    return crew.asks("offer(" + item + ", " + millis + ")", () -> buffer.offer(item, millis));
  }

  private static Step<Integer> poll(Crew crew, BoundedBuffer<Integer> buffer, long millis) {
    return crew.asks("poll(" + millis + ")", () -> buffer.poll(millis));
  }

  @Property(tries = 30)
  @CheckId(value = "B3", points = 2)
  void called_by_one_thread_it_is_a_queue(@ForAll("stories") Story story, Crew crew) {
    Model.play(crew, buffer(crew, story.capacity()), story);
  }

  @Provide
  Arbitrary<Story> stories() {
    Arbitrary<Call> call =
        Arbitraries.frequency(
            Tuple.of(6, Call.PUT),
            Tuple.of(4, Call.TAKE),
            Tuple.of(3, Call.OFFER),
            Tuple.of(3, Call.POLL),
            Tuple.of(2, Call.SIZE),
            Tuple.of(1, Call.CLOSE));
    return Combinators.combine(Arbitraries.integers().between(1, 3), call.list().ofMaxSize(25))
        .as(Story::new);
  }

  @Test
  @CheckId("B4")
  void null_is_refused(Crew crew) {
    BoundedBuffer<Integer> buffer = buffer(crew, 1);
    String because = "null is what take() and poll(millis) return when there is no item";
    put(crew, buffer, null).fails(NullPointerException.class, because);
    crew.asks("offer(null, 0)", () -> buffer.offer(null, 0))
        .fails(NullPointerException.class, because);
    Returned.by(crew.asks("size()", buffer::size), 0, "null is no item");
    put(crew, buffer, 1).finishes("there is room");
    String atOnce = because + ", and that is so in a full buffer, too";
    put(crew, buffer, null).fails(NullPointerException.class, atOnce);
    crew.asks("offer(null, 0)", () -> buffer.offer(null, 0))
        .fails(NullPointerException.class, atOnce);
  }

  @Test
  @CheckId(value = "B5", points = 2)
  void a_put_lets_a_waiting_take_go_on_and_a_take_a_waiting_put(Crew crew) {
    BoundedBuffer<Integer> buffer = buffer(crew, 1);
    Step<Integer> take = take(crew, buffer).blocks("the buffer is empty");
    put(crew, buffer, 1).finishes("there is room");
    Returned.by(take, 1, "put(1) has brought an item");

    put(crew, buffer, 2).finishes("there is room");
    Step<Void> put = put(crew, buffer, 3).blocks("the buffer is full");
    Returned.by(take(crew, buffer), 2, "2 was the oldest item");
    put.finishes("take() has made room");
    Returned.by(take(crew, buffer), 3, "3 was the only item");
  }

  @Test
  @CheckId(value = "B6", points = 2)
  void who_wakes_up_for_no_reason_goes_on_waiting(Crew crew) {
    BoundedBuffer<Integer> empty = buffer(crew, 1);
    Step<Integer> take = take(crew, empty).blocks("the buffer is empty");
    BoundedBuffer<Integer> full = filled(crew, 1);
    Step<Void> put = put(crew, full, 2).blocks("the buffer is full");
    for (int i = 0; i < WAKE_UPS; i++) {
      take.survivesSpuriousWakeUp("the buffer is still empty");
      put.survivesSpuriousWakeUp("the buffer is still full");
    }
    Returned.by(crew.asks("size()", full::size), 1, "the capacity is 1");
  }

  @Test
  @CheckId(value = "B7", points = 2)
  void as_many_go_on_as_there_are_items_or_places_for(Crew crew) {
    BoundedBuffer<Integer> empty = buffer(crew, CROWD);
    var takes = waiting(crew, () -> take(crew, empty), "the buffer is empty");
    crew.allFinish(burst(crew, takes, () -> put(crew, empty, 1)), "there is room for all of them");
    crew.allFinish(takes, "each of the " + CROWD + " takes that waited has an item to go on with");

    BoundedBuffer<Integer> full = filled(crew, CROWD);
    var puts = waiting(crew, () -> put(crew, full, 9), "the buffer is full");
    crew.allFinish(burst(crew, puts, () -> take(crew, full)), "there is an item for each of them");
    crew.allFinish(puts, "each of the " + CROWD + " puts that waited has a place to go on with");
  }

  @Test
  @CheckId(value = "B8", points = 3)
  void nobody_is_left_behind_where_puts_and_takes_crowd(Crew crew) {
    BoundedBuffer<Integer> empty = buffer(crew, 1);
    var takes = waiting(crew, () -> take(crew, empty), "the buffer is empty");
    Traffic.leavesNobodyBehind(crew, takes, burst(crew, takes, () -> put(crew, empty, 1)));

    BoundedBuffer<Integer> full = filled(crew, 1);
    var puts = waiting(crew, () -> put(crew, full, 9), "the buffer is full");
    Traffic.leavesNobodyBehind(crew, puts, burst(crew, puts, () -> take(crew, full)));
  }

  @Test
  @CheckId(value = "B9", points = 2)
  void an_interrupt_ends_a_wait_and_costs_no_item(Crew crew) {
    BoundedBuffer<Integer> buffer = buffer(crew, 1);
    String because = "it was interrupted while it waited";
    Step<Integer> take = take(crew, buffer).blocks("the buffer is empty");
    take.interrupt().fails(InterruptedException.class, because);
    Step<Integer> poll = poll(crew, buffer, 600_000);
    crew.untilWaiting(poll, "the buffer is empty");
    poll.interrupt().fails(InterruptedException.class, because);
    put(crew, buffer, 1).finishes("there is room");
    Step<Void> put = put(crew, buffer, 2).blocks("the buffer is full");
    put.interrupt().fails(InterruptedException.class, because);
    Step<Boolean> offer = offer(crew, buffer, 2, 600_000);
    crew.untilWaiting(offer, "the buffer is full");
    offer.interrupt().fails(InterruptedException.class, because);
    Returned.by(take(crew, buffer), 1, "1 was the only item");
    Returned.by(crew.asks("size()", buffer::size), 0, "puts that were interrupted put nothing");
    for (int item = 0; item < ROUNDS; item++) {
      isNotLostByAnInterrupt(crew, buffer, item);
    }
  }

  @Test
  @CheckId(value = "B10", points = 2)
  void close_sends_everybody_home_and_leaves_the_items(Crew crew) {
    BoundedBuffer<Integer> empty = buffer(crew, 1);
    var takes = waiting(crew, () -> take(crew, empty), "the buffer is empty");
    crew.done("close()", empty::close);
    takes.forEach(take -> Returned.by(take, null, "the buffer was closed and has no item"));

    BoundedBuffer<Integer> timed = filled(crew, 1);
    var offers = waiting(crew, () -> offer(crew, timed, 9, 600_000), "the buffer is full");
    crew.done("close()", timed::close);
    offers.forEach(offer -> offer.fails(IllegalStateException.class, "the buffer was closed"));
    offer(crew, timed, 9, 600_000).fails(IllegalStateException.class, "the buffer is closed");

    BoundedBuffer<Integer> full = filled(crew, 1);
    var puts = waiting(crew, () -> put(crew, full, 9), "the buffer is full");
    crew.done("close()", full::close);
    puts.forEach(put -> put.fails(IllegalStateException.class, "the buffer was closed"));
    put(crew, full, 9).fails(IllegalStateException.class, "the buffer is closed");
    Returned.by(take(crew, full), 1, "1 was put before the buffer was closed");
    Returned.by(take(crew, full), null, "the buffer is closed and has no item");
    Step<Integer> poll = crew.asks("poll(60000)", () -> full.poll(60_000));
    Returned.by(poll, null, "the buffer is closed and has no item");
  }

  @Test
  @CheckId(value = "B11", points = 2)
  void a_time_limit_is_one_for_the_whole_call(Crew crew) {
    BoundedBuffer<Integer> full = filled(crew, 1);
    Step<Boolean> patient = crew.asks("offer(2, 60000)", () -> full.offer(2, 60_000));
    crew.untilWaitingOrOver(patient);
    Returned.by(take(crew, full), 1, "1 was the only item");
    Returned.by(patient, true, "take() has made room in time");

    BoundedBuffer<Integer> empty = buffer(crew, 1);
    crew.untilAnswered(
        "wake a thread every 10 ms",
        () -> {
          Step<Boolean> offer = crew.asks("offer(3, 500)", () -> full.offer(3, 500));
          Step<Integer> poll = crew.asks("poll(500)", () -> empty.poll(500));
          boolean disturbed = areDisturbed(crew, List.of(offer, poll), 500);
          Returned.by(offer, false, "the buffer stayed full");
          Returned.by(poll, null, "the buffer stayed empty");
          return disturbed;
        });
  }

  @Property(tries = 20, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  @CheckId(value = "B12", points = 3)
  void among_many_threads_every_item_arrives_once_and_in_order(
      @ForAll("loads") Load load, Crew crew) {
    new Traffic(crew, load).flows(crew);
  }

  @Provide
  Arbitrary<Load> loads() {
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 3);
    Arbitrary<Integer> items = Arbitraries.integers().between(100, 500);
    return Combinators.combine(few, few, few, items).as(Load::new);
  }

  @Test
  @CheckId(value = "B13", points = 3)
  void a_check_and_the_change_it_allows_are_one_step(Crew crew) {
    for (int round = 0; round < ROUNDS; round++) {
      new Traffic(crew.heavy(), new Load(8, 3, 3, 3_000)).flows(crew);
    }
  }

  @Test
  @CheckId("B14")
  void it_is_built_and_not_borrowed(Crew crew) {
    buffer(crew, 1);
    Structure.of(BoundedBuffer.class)
        .mayUse("java.util.concurrent.locks", "java.util.concurrent.atomic")
        .mayUse(
            TimeUnit.class,
            Semaphore.class,
            CountDownLatch.class,
            ConcurrentLinkedQueue.class,
            ConcurrentLinkedDeque.class)
        .asksToBuildSynchronizers(Semaphore.class, CountDownLatch.class)
        .holds();
  }

  /** Puts that wait until half of the items are taken, and takes that wait for as many items. */
  @Test
  @CheckId(value = "B15", points = 3)
  void however_large_it_is_and_however_many_wait_nothing_changes(Crew crew) {
    for (int size : crew.sizes(2, 40)) {
      BoundedBuffer<Integer> buffer = filled(crew, size);
      Returned.by(crew.asks("size()", buffer::size), size, "so many items were put");
      List<Step<Void>> puts = new ArrayList<>();
      for (int i = 1; i <= size; i++) {
        puts.add(put(crew, buffer, size + i));
      }
      crew.untilAllWait(puts, "the buffer is full");
      Collections.shuffle(puts, crew.random());
      int given = size / 2;
      puts.subList(0, size / 4).forEach(Step::interrupt);
      puts.subList(0, size / 4)
          .forEach(put -> put.fails(InterruptedException.class, "it was interrupted"));
      List<Step<Void>> patient = puts.subList(size / 4, size);
      for (int item = 1; item <= given; item++) {
        Returned.by(take(crew, buffer), item, item + " was the oldest item");
        isThrough(crew, patient, item, "put(item)", "waited in put(item) and room was made");
      }
      crew.done("close()", buffer::close);
      isThrough(crew, patient, patient.size(), "close()", "waited when the buffer was closed");
      long refused = patient.stream().filter(put -> put.thrown().isPresent()).count();
      List<Integer> left = crew.answer("take()", () -> drain(buffer));
      if (refused != patient.size() - given || left.size() != size) {
        throw crew.failureAt(
            "close()",
            Kind.SAFETY,
            "what was put, refused and taken before and after close() does not add up",
            "refused: " + refused + ", left inside: " + left.size() + " of " + size);
      }
    }
  }

  private static List<Integer> drain(BoundedBuffer<Integer> buffer) throws InterruptedException {
    List<Integer> items = new ArrayList<>();
    for (Integer item = buffer.take(); item != null; item = buffer.take()) {
      items.add(item);
    }
    return items;
  }

  @Test
  @CheckId(value = "B16", points = 2)
  void however_many_take_each_item_lets_one_of_them_go_on(Crew crew) {
    for (int size : crew.sizes(2, 40)) {
      BoundedBuffer<Integer> buffer = buffer(crew, size);
      List<Step<Integer>> takes = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        takes.add(
            i % 2 == 0
                ? take(crew, buffer)
                : crew.asks("poll(Long.MAX_VALUE)", () -> buffer.poll(Long.MAX_VALUE)));
      }
      crew.untilAllWait(takes, "the buffer is empty");
      for (int item = 1; item <= size / 2; item++) {
        put(crew, buffer, item).finishes("there is room");
        isThrough(crew, takes, item, "take()", "waited in take() and items were put");
      }
      crew.done("close()", buffer::close);
      isThrough(crew, takes, size, "close()", "waited when the buffer was closed");
      long got = takes.stream().filter(take -> take.finishes("it was closed") != null).count();
      if (got != size / 2) {
        throw crew.failureAt(
            "take()", Kind.SAFETY, "more or fewer takes got an item than were put", "got: " + got);
      }
    }
  }

  /** So many of these calls come to an end, and no more. */
  private static void isThrough(
      Crew crew, List<? extends Step<?>> calls, int wanted, String call, String what) {
    boolean all = crew.comesTrue(() -> calls.stream().filter(Step::isOver).count() >= wanted);
    long over = calls.stream().filter(Step::isOver).count();
    if (!all || over > wanted) {
      String end = all ? "more of them went on than could" : "one still waits";
      throw crew.failureAt(
          call,
          all ? Kind.SAFETY : Kind.STUCK,
          calls.size() + " threads " + what + ", and " + end,
          "wanted: " + wanted + ", went on: " + over);
    }
  }

  /** Its time is over, and it stops at each point of its way out while an item arrives. */
  @Test
  @CheckId(value = "B17", points = 2)
  void who_goes_in_vain_takes_no_news_along(Crew crew) {
    for (boolean polls : List.of(true, false)) {
      boolean more = true;
      for (int point = 1; more && point <= 24; point++) {
        Halt halt = crew.halt(point);
        meanwhile(crew, halt, polls);
        more = halt.isReached();
      }
    }
  }

  private static void meanwhile(Crew crew, Halt halt, boolean polls) {
    BoundedBuffer<Integer> buffer = polls ? buffer(crew, 1) : filled(crew, 1);
    AtomicBoolean inVain = new AtomicBoolean();
    Step<Void> hasty =
        crew.does(
            polls ? "poll(5)" : "offer(8, 5)",
            () ->
                halt.during(
                    () -> inVain.set(polls ? buffer.poll(5) == null : !buffer.offer(8, 5))));
    crew.until(() -> halt.isReached() || hasty.isOver(), "a call must return when its time is over");
    Step<?> patient = polls ? take(crew, buffer) : put(crew, buffer, 9);
    halt.untilCannotGoOn(patient);
    Step<?> other = polls ? put(crew, buffer, 1) : take(crew, buffer);
    halt.untilCannotGoOn(other);
    halt.end();
    crew.allFinish(List.of(hasty, other), "nothing holds it up");
    if (inVain.get()) {
      String news = polls ? "an item was put" : "room was made";
      patient.finishes(news + ", and the call that waited before it gave up");
    }
  }

  private static <T> BoundedBuffer<T> buffer(Crew crew, int capacity) {
    return crew.make("new BoundedBuffer(" + capacity + ")", () -> new BoundedBuffer<>(capacity));
  }

  /** A full buffer of the items 1, 2, … */
  private static BoundedBuffer<Integer> filled(Crew crew, int capacity) {
    BoundedBuffer<Integer> buffer = buffer(crew, capacity);
    for (int item = 1; item <= capacity; item++) {
      put(crew, buffer, item).finishes("there is room for " + capacity);
    }
    return buffer;
  }

  private static Step<Void> put(Crew crew, BoundedBuffer<Integer> buffer, Integer item) {
    return crew.does("put(" + item + ")", () -> buffer.put(item));
  }

  private static Step<Integer> take(Crew crew, BoundedBuffer<Integer> buffer) {
    return crew.asks("take()", buffer::take);
  }

  /** A crowd of calls that have come to wait. */
  private static <T> List<Step<T>> waiting(Crew crew, Supplier<Step<T>> call, String although) {
    List<Step<T>> crowd = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      crowd.add(call.get());
    }
    crowd.forEach(step -> crew.untilWaiting(step, although));
    return crowd;
  }

  /** A crowd of calls that come while nobody is let in, and so enter before whom they wake up. */
  private static <T> List<Step<T>> burst(
      Crew crew, List<? extends Step<?>> waiting, Supplier<Step<T>> call) {
    List<Step<T>> crowd = new ArrayList<>();
    Guard.of(crew, waiting.get(0))
        .holdWhile(
            () -> {
              for (int i = 0; i < CROWD; i++) {
                crowd.add(call.get());
                crew.untilWaitingOrOver(crowd.get(i));
              }
            });
    return crowd;
  }

  /**
   * Wakes up timed calls again and again, which must not make them longer.
   *
   * @return whether so often that who begins its time anew each time would still be there
   */
  private static boolean areDisturbed(Crew crew, List<Step<?>> timed, long millis) {
    long begin = System.nanoTime();
    for (Step<?> step : timed) {
      crew.untilWaitingOrOver(step);
    }
    long last = begin;
    long longest = 0;
    while (!timed.stream().allMatch(Step::isOver)) {
      for (Step<?> step : timed) {
        Guard.of(crew, step).wakeForNoReason();
        long spent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        if (!step.isOver() && spent > LATE * millis) {
          String sentence =
              " still waits after " + LATE * millis + " ms: each wake-up begins its time anew";
          throw crew.failureAt(step.call(), Kind.CONTRACT, step.call() + sentence);
        }
      }
      crew.pause(10);
      longest = Math.max(longest, System.nanoTime() - last);
      last = System.nanoTime();
    }
    return TimeUnit.NANOSECONDS.toMillis(longest) < millis * 4 / 5;
  }

  /** Either the take gets the item, or the buffer keeps it. */
  private static void isNotLostByAnInterrupt(Crew crew, BoundedBuffer<Integer> buffer, int item) {
    Step<Integer> take = take(crew, buffer);
    crew.untilWaitingOrOver(take);
    crew.done(
        "put(" + item + ")",
        () -> {
          buffer.put(item);
          take.interrupt();
        });
    take.awaitEnd("it has been given an item and been interrupted");
    if (take.thrown().isPresent()) {
      take.fails(InterruptedException.class, "it was interrupted");
      Step<Integer> poll = crew.asks("poll(0)", () -> buffer.poll(0));
      Returned.by(poll, item, "take() threw InterruptedException and so must have left it inside");
    } else {
      Returned.by(take, item, "it was the only item");
    }
  }
}
