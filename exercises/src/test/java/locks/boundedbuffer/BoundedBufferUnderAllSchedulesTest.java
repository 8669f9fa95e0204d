package locks.boundedbuffer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import threadmill.explore.History;
import threadmill.explore.Scenario;
import threadmill.explore.Tally;
import threadmill.harness.CheckId;
import threadmill.harness.Contract;
import threadmill.harness.Explore;

/** What a bounded buffer promises under every schedule. */
@Contract
final class BoundedBufferUnderAllSchedulesTest {
  @CheckId(value = "X1", points = 2)
  @Explore
  void items_come_out_in_their_order_with_all_that_was_put_into_them(Scenario s) {
    BoundedBuffer<int[]> buffer = new BoundedBuffer<>(2);
    s.thread(
        "producer",
        () -> {
          for (int i = 1; i <= 2; i++) {
            int[] item = new int[1];
            item[0] = i;
            buffer.put(item);
          }
        });
    s.thread(
        "consumer",
        () -> {
          for (int i = 1; i <= 2; i++) {
            int[] item = buffer.take();
            s.require(item != null && item[0] == i, "take() must return the items 1 and 2 in this order");
          }
        });
  }

  @CheckId(value = "X2", points = 2)
  @Explore
  void there_are_never_more_items_inside_than_the_capacity(Scenario s) {
    BoundedBuffer<Integer> buffer = new BoundedBuffer<>(1);
    s.thread("producer A", () -> buffer.put(1));
    s.thread("producer B", () -> buffer.put(2));
    s.thread(
        "consumer",
        () -> {
          for (int i = 0; i < 2; i++) {
            int size = buffer.size();
            s.require(0 <= size && size <= 1, "size() must be 0 or 1 in a buffer of capacity 1");
            buffer.take();
          }
        });
    s.atEnd("2 items were put and 2 taken", () -> buffer.size() == 0);
  }

  @CheckId(value = "X3", points = 3)
  @Explore
  void of_two_producers_and_two_consumers_none_is_left_behind(Scenario s) {
    BoundedBuffer<Integer> buffer = new BoundedBuffer<>(1);
    Tally taken = s.tally("the sum of what was taken");
    s.thread("producer A", () -> buffer.put(1));
    s.thread("producer B", () -> buffer.put(2));
    s.thread("consumer C", () -> taken.add(buffer.take()));
    s.thread("consumer D", () -> taken.add(buffer.take()));
    s.atEnd("each item was taken once", () -> taken.get() == 3);
  }

  @CheckId(value = "X4", points = 2)
  @Explore
  void two_items_free_two_takes_that_wait(Scenario s) {
    BoundedBuffer<Integer> buffer = new BoundedBuffer<>(2);
    s.thread("consumer A", buffer::take);
    s.thread("consumer B", buffer::take);
    s.thread(
        "producer",
        () -> {
          buffer.put(1);
          buffer.put(2);
        });
  }

  @CheckId(value = "X5", points = 2)
  @Explore
  void two_takes_free_two_puts_that_wait(Scenario s) {
    BoundedBuffer<Integer> buffer = new BoundedBuffer<>(2);
    Tally full = s.tally("the buffer has been filled");
    for (String name : List.of("producer A", "producer B")) {
      s.thread(
          name,
          () -> {
            s.until("the buffer has been filled", () -> full.get() == 1);
            buffer.put(3);
          });
    }
    s.thread(
        "consumer",
        () -> {
          buffer.put(1);
          buffer.put(2);
          full.add(1);
          s.require(buffer.take() == 1, "1 is the oldest item");
          s.require(buffer.take() == 2, "2 is the oldest item");
        });
    s.atEnd("4 items were put and 2 taken", () -> buffer.size() == 2);
  }

  @CheckId(value = "X6", points = 2)
  @Explore
  void who_waits_sleeps_until_it_can_go_on(Scenario s) {
    BoundedBuffer<Integer> buffer = new BoundedBuffer<>(1);
    s.thread("consumer", buffer::take);
    s.thread(
        "producer",
        () -> {
          s.untilAsleep("consumer");
          buffer.put(1);
          buffer.put(2);
          s.untilWaiting("consumer");
          s.require(buffer.take() == 2, "2 is the only item");
        });
  }

  @CheckId(value = "X7", points = 2)
  @Explore
  void close_reaches_everybody_who_waits(Scenario s) {
    BoundedBuffer<Integer> empty = new BoundedBuffer<>(1);
    for (String name : List.of("consumer A", "consumer B")) {
      s.thread(
          name,
          () ->
              s.require(
                  empty.take() == null, "take() must return null from a closed and empty buffer"));
    }
    s.thread("C", empty::close);
  }

  @CheckId(value = "X8", points = 2)
  @Explore
  void close_refuses_everybody_who_waits_for_room(Scenario s) {
    BoundedBuffer<Integer> buffer = new BoundedBuffer<>(1);
    Tally full = s.tally("the buffer has been filled");
    for (String name : List.of("producer A", "producer B")) {
      s.thread(
          name,
          () -> {
            s.until("the buffer has been filled", () -> full.get() == 1);
            try {
              buffer.put(2);
            } catch (IllegalStateException e) {
              return;
            }
            s.require(false, "put(2) returned although the buffer was full and then closed");
          });
    }
    s.thread(
        "C",
        () -> {
          buffer.put(1);
          full.add(1);
          buffer.close();
        });
    s.atEnd(
        "1 can still be taken, and then there is nothing",
        () -> buffer.take() == 1 && buffer.take() == null);
  }

  /** The interrupt may come before, with or after the item; another one waits for it too. */
  @CheckId(value = "X9", points = 3)
  @Explore
  void an_interrupt_costs_no_item(Scenario s) {
    BoundedBuffer<Integer> buffer = new BoundedBuffer<>(1);
    Tally taken = s.tally("items taken");
    Tally waiting = s.tally("threads in take()");
    s.thread(
        "consumer A",
        () -> {
          waiting.add(1);
          try {
            taken.add(buffer.take());
          } catch (InterruptedException e) {
            // Then the item is for the other one.
          }
          waiting.add(-1);
        });
    s.thread(
        "consumer B",
        () -> {
          waiting.add(1);
          taken.add(buffer.take());
          waiting.add(-1);
        });
    s.thread("producer", () -> buffer.put(1));
    s.thread("C", () -> s.interrupt("consumer A"));
    s.mayWait("consumer B");
    s.atEnd(
        "the item was taken, or is inside and nobody waits for it",
        () -> taken.get() == 1 || waiting.get() == 0 && buffer.size() == 1);
  }

  /** In the middle of the time an item comes, and may go again. */
  @CheckId(value = "X10", points = 2)
  @Explore
  void a_poll_ends_when_its_time_is_over(Scenario s) {
    s.exactTime();
    BoundedBuffer<Integer> buffer = new BoundedBuffer<>(1);
    s.thread(
        "consumer",
        () -> requireInTime(s, buffer.poll(100) != null, "poll(100)"));
    s.thread(
        "other",
        () -> {
          Thread.sleep(50);
          buffer.put(1);
          buffer.poll(0);
        });
  }

  /** In the middle of the time a place becomes free, and may be taken again. */
  @CheckId(value = "X11", points = 2)
  @Explore
  void an_offer_ends_when_its_time_is_over(Scenario s) {
    s.exactTime();
    BoundedBuffer<Integer> buffer = new BoundedBuffer<>(1);
    s.thread(
        "producer",
        () -> {
          buffer.put(1);
          requireInTime(s, buffer.offer(2, 100), "offer(2, 100)");
        });
    s.thread(
        "other",
        () -> {
          Thread.sleep(50);
          buffer.poll(0);
          buffer.offer(3, 0);
        });
  }

  /** The item may come before, with or after the end of the time; another one waits for it too. */
  @CheckId(value = "X12", points = 2)
  @Explore
  void a_poll_whose_time_is_over_costs_no_item(Scenario s) {
    BoundedBuffer<Integer> buffer = new BoundedBuffer<>(1);
    Tally taken = s.tally("items taken");
    Tally waiting = s.tally("threads in take()");
    s.thread(
        "hasty",
        () -> {
          Integer item = buffer.poll(100);
          taken.add(item == null ? 0 : item);
        });
    s.thread(
        "patient",
        () -> {
          s.untilWaiting("hasty");
          waiting.add(1);
          taken.add(buffer.take());
          waiting.add(-1);
        });
    s.thread(
        "producer",
        () -> {
          s.untilWaiting("patient");
          buffer.put(1);
        });
    s.mayWait("patient");
    s.atEnd(
        "the item was taken, or is inside and nobody waits for it",
        () -> taken.get() == 1 || waiting.get() == 0 && buffer.size() == 1);
  }

  /** Room may come before, with or after the end of the time; another one waits for it too. */
  @CheckId(value = "X13", points = 2)
  @Explore
  void an_offer_whose_time_is_over_costs_no_room(Scenario s) {
    BoundedBuffer<Integer> buffer = new BoundedBuffer<>(1);
    Tally waiting = s.tally("threads in put()");
    s.thread(
        "hasty",
        () -> {
          buffer.put(1);
          buffer.offer(2, 100);
        });
    s.thread(
        "patient",
        () -> {
          s.untilWaiting("hasty");
          waiting.add(1);
          buffer.put(3);
          waiting.add(-1);
        });
    s.thread(
        "consumer",
        () -> {
          s.untilWaiting("patient");
          buffer.take();
        });
    s.mayWait("patient");
    s.atEnd(
        "there is no room, or nobody waits for it",
        () -> buffer.size() == 1 || waiting.get() == 0);
  }

  private static void requireInTime(Scenario s, boolean succeeded, String call) {
    long spent = s.millis();
    s.require(succeeded || spent >= 100, call + " gave up before its 100 ms were over");
    s.require(
        spent <= 102, call + " waited for more than 100 ms: a wake-up begins its time anew");
  }

  /** The promise: a queue with a limit that can be closed. */
  private static final class Queue {
    private final Deque<Integer> items = new ArrayDeque<>();
    private final int capacity;
    private boolean closed;

    Queue(int capacity) {
      this.capacity = capacity;
    }

    boolean put(int item) {
      if (closed) {
        throw new IllegalStateException();
      }
      if (items.size() == capacity) {
        throw History.mustWait();
      }
      return items.add(item);
    }

    Integer take() {
      if (items.isEmpty() && !closed) {
        throw History.mustWait();
      }
      return items.poll();
    }

    boolean close() {
      closed = true;
      return true;
    }

    int size() {
      return items.size();
    }
  }

  /** A call of a small program. */
  enum Call {
    PUT,
    TAKE,
    OFFER_0,
    OFFER_50,
    OFFER_FOR_EVER,
    POLL_0,
    POLL_50,
    POLL_FOR_EVER,
    SIZE,
    CLOSE,
    INTERRUPT_A,
    INTERRUPT_B
  }

  @Property(tries = 40)
  @CheckId(value = "P1", points = 3)
  void every_small_program_sees_a_queue(
      @ForAll @IntRange(min = 1, max = 2) int capacity,
      @ForAll @Size(min = 1, max = 2) List<Call> a,
      @ForAll @Size(min = 1, max = 2) List<Call> b,
      @ForAll @Size(max = 2) List<Call> c,
      Scenario s) {
    BoundedBuffer<Integer> buffer = new BoundedBuffer<>(capacity);
    History<Queue> history = s.history(() -> new Queue(capacity));
    s.thread("A", () -> new Player(buffer, history, s, 10).perform(a));
    s.thread("B", () -> new Player(buffer, history, s, 20).perform(b));
    s.thread("C", () -> new Player(buffer, history, s, 30).perform(c));
    s.mayWait("A", "B", "C");
  }

  /** Makes the calls of one thread. */
  private static final class Player {
    private final BoundedBuffer<Integer> buffer;
    private final History<Queue> history;
    private final Scenario scenario;
    private int next;

    Player(BoundedBuffer<Integer> buffer, History<Queue> history, Scenario scenario, int next) {
      this.buffer = buffer;
      this.history = history;
      this.scenario = scenario;
      this.next = next;
    }

    void perform(List<Call> calls) throws Exception {
      for (Call call : calls) {
        try {
          make(call);
        } catch (InterruptedException | IllegalStateException e) {
          // Whether it may end so is for the history to say.
        }
      }
    }

    private void make(Call call) throws Exception {
      switch (call) {
        case PUT -> put();
        case TAKE -> history.interruptible("take()", buffer::take, Queue::take);
        case OFFER_0 -> offer(0);
        case OFFER_50 -> offer(50);
        case OFFER_FOR_EVER -> offer(Long.MAX_VALUE);
        case POLL_0 -> poll(0);
        case POLL_50 -> poll(50);
        case POLL_FOR_EVER -> poll(Long.MAX_VALUE);
        case SIZE -> history.observe("size()", buffer::size, Queue::size);
        case CLOSE -> history.call("close()", this::close, Queue::close);
        case INTERRUPT_A -> scenario.interrupt("A");
        case INTERRUPT_B -> scenario.interrupt("B");
        default -> throw new AssertionError(call);
      }
    }

    private void put() throws Exception {
      int item = next++;
      history.interruptible(
          "put(" + item + ")",
          () -> {
            buffer.put(item);
            return true;
          },
          queue -> queue.put(item));
    }

    private void offer(long millis) throws Exception {
      int item = next++;
      history.timed(
          "offer(" + item + ", " + limit(millis) + ")",
          millis,
          false,
          () -> buffer.offer(item, millis),
          queue -> queue.put(item));
    }

    private void poll(long millis) throws Exception {
      history.timed(
          "poll(" + limit(millis) + ")", millis, null, () -> buffer.poll(millis), Queue::take);
    }

    private boolean close() {
      buffer.close();
      return true;
    }

    private static String limit(long millis) {
      return millis == Long.MAX_VALUE ? "Long.MAX_VALUE" : Long.toString(millis);
    }
  }
}
