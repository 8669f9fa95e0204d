package locks.boundedbuffer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import threadmill.harness.Crew;
import threadmill.harness.Failure;
import threadmill.harness.Step;
import threadmill.harness.Students;
import threadmill.model.Finding;
import threadmill.model.Kind;

/** Items on their way through a buffer, each known by its producer and its number. */
final class Traffic {
  /**
   * How much goes through a buffer.
   *
   * @param each how many items a producer puts
   */
  record Load(int capacity, int producers, int consumers, int each) {
    /** As many of all items as this consumer must take. */
    int share(int consumer) {
      int total = producers * each;
      return total / consumers + (consumer < total % consumers ? 1 : 0);
    }

    @Override
    public String toString() {
      return String.format(
          "capacity %d, %d producers with %d items each, %d consumers",
          capacity, producers, each, consumers);
    }
  }

  private record Item(int producer, int number) {
    @Override
    public String toString() {
      return "item " + number + " of producer " + producer;
    }
  }

  private final Load load;
  private final BoundedBuffer<Item> buffer;
  private final AtomicInteger put = new AtomicInteger();
  private final Queue<Item> arrived = new ConcurrentLinkedQueue<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  Traffic(Crew crew, Load load) {
    this.load = load;
    this.buffer =
        crew.make(
            "new BoundedBuffer(" + load.capacity() + ")",
            () -> new BoundedBuffer<>(load.capacity()));
  }

  /** Every item must arrive once, and those of one producer in the order in which it put them. */
  void flows(Crew crew) {
    List<Step<Void>> all = new ArrayList<>();
    for (int producer = 0; producer < load.producers(); producer++) {
      int id = producer;
      all.add(crew.does("put(item)", () -> produce(id)));
    }
    for (int consumer = 0; consumer < load.consumers(); consumer++) {
      int share = load.share(consumer);
      all.add(crew.does("take()", () -> consume(share)));
    }
    try {
      crew.allFinish(all, "there is a take for every put");
    } catch (Failure failure) {
      look(crew, failure);
      throw wrong.isEmpty() ? leftBehind(failure) : mixedUp();
    }
    count();
    if (!wrong.isEmpty()) {
      throw mixedUp();
    }
  }

  /** One sentence for all that a race can do, since chance decides what it does this time. */
  private Failure mixedUp() {
    String sentence =
        "among many threads the buffer lost, doubled or mixed up items, or held more than it may:"
            + " between a check and the change it allowed another thread ran";
    return Failure.of(Kind.SAFETY, sentence, Optional.empty(), List.of(wrong.peek()));
  }

  /** All of these puts and takes must return, whoever is woken first. */
  static void leavesNobodyBehind(
      Crew crew, List<? extends Step<?>> some, List<? extends Step<?>> others) {
    List<Step<?>> all = new ArrayList<>(some);
    all.addAll(others);
    try {
      crew.allFinish(all, "there is a take for every put, whoever is woken first");
    } catch (Failure failure) {
      throw leftBehind(failure);
    }
  }

  /** Whether it is a put or a take that is left behind is chance. */
  private static Failure leftBehind(Failure failure) {
    Finding finding = failure.finding();
    if (finding.kind() != Kind.STUCK) {
      return failure;
    }
    String sentence = "among many threads one waits for ever although there is a take for every put";
    return new Failure(
        Finding.of(Kind.STUCK, sentence)
            .at(Students.lineOf("take()"))
            .with(List.of(finding.sentence()))
            .with(finding.evidence()));
  }

  /** Whether threads crashed, or wait for ever, because items have gone lost. */
  private void look(Crew crew, Failure failure) {
    Kind kind = failure.finding().kind();
    if (kind == Kind.CRASH) {
      report(failure.finding().sentence());
    } else if (kind == Kind.STUCK) {
      int inside = crew.answer("size()", buffer::size);
      int missing = put.get() - arrived.size();
      if (inside != missing) {
        report("size() returned " + inside + " where " + missing + " items were put and not taken");
      }
    }
  }

  private void produce(int producer) throws InterruptedException {
    for (int number = 1; number <= load.each(); number++) {
      buffer.put(new Item(producer, number));
      put.incrementAndGet();
      look();
    }
  }

  private void consume(int items) throws InterruptedException {
    Map<Integer, Item> last = new HashMap<>();
    for (int i = 0; i < items; i++) {
      Item item = buffer.take();
      if (item == null) {
        report("take() returned null although the buffer is open");
        continue;
      }
      arrived.add(item);
      Item earlier = last.put(item.producer(), item);
      if (earlier != null && earlier.number() >= item.number()) {
        report(item + " was taken after " + earlier);
      }
      look();
    }
  }

  private void report(String mistake) {
    if (wrong.isEmpty()) {
      wrong.add(mistake);
    }
  }

  private void look() {
    int size = buffer.size();
    if (size < 0 || size > load.capacity()) {
      report(
          "size() returned " + size + " although the capacity is " + load.capacity());
    }
  }

  private void count() {
    Map<Item, Integer> times = new HashMap<>();
    arrived.forEach(item -> times.merge(item, 1, Integer::sum));
    for (int producer = 0; producer < load.producers(); producer++) {
      for (int number = 1; number <= load.each(); number++) {
        Item item = new Item(producer, number);
        int found = times.getOrDefault(item, 0);
        if (found != 1) {
          report(item + (found == 0 ? " never arrived" : " arrived " + found + " times"));
        }
      }
    }
  }
}
