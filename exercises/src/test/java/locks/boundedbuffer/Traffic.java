package locks.boundedbuffer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import threadmill.harness.Crew;
import threadmill.harness.Failure;
import threadmill.harness.Step;
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
    } catch (Failure stuck) {
      throw wrong.isEmpty() ? stuck : Failure.of(Kind.SAFETY, wrong.peek());
    }
    count();
    if (!wrong.isEmpty()) {
      throw Failure.of(Kind.SAFETY, wrong.peek());
    }
  }

  private void produce(int producer) throws InterruptedException {
    for (int number = 1; number <= load.each(); number++) {
      buffer.put(new Item(producer, number));
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
          "size() returned "
              + size
              + " although the capacity is "
              + load.capacity()
              + ": between a check and the change it allowed another thread ran");
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
