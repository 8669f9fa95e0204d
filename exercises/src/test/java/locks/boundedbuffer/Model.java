package locks.boundedbuffer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import threadmill.harness.Crew;

/** A buffer as one thread sees it: a queue, which a real buffer is compared with call by call. */
final class Model {
  /** A call that does not wait; one that would is left out. */
  enum Call {
    PUT,
    TAKE,
    OFFER,
    POLL,
    SIZE,
    CLOSE
  }

  /** Calls of one thread, one after the other. */
  record Story(int capacity, List<Call> calls) {
    @Override
    public String toString() {
      return "capacity " + capacity + ", then " + calls;
    }
  }

  private final Crew crew;
  private final BoundedBuffer<Integer> buffer;
  private final int capacity;
  private final Deque<Integer> items = new ArrayDeque<>();
  private boolean closed;
  private int next = 1;

  private Model(Crew crew, BoundedBuffer<Integer> buffer, int capacity) {
    this.crew = crew;
    this.buffer = buffer;
    this.capacity = capacity;
  }

  /** Plays a story to a buffer that must do as the model does. */
  static void play(Crew crew, BoundedBuffer<Integer> buffer, Story story) {
    new Model(crew, buffer, story.capacity()).play(story.calls());
  }

  private void play(List<Call> calls) {
    for (Call call : calls) {
      switch (call) {
        case PUT -> put(next);
        case TAKE -> take();
        case OFFER -> offer(next);
        case POLL -> poll();
        case SIZE -> size();
        case CLOSE -> close();
        default -> throw new AssertionError(call);
      }
    }
  }

  private void put(int item) {
    if (closed) {
      crew.does("put(" + item + ")", () -> buffer.put(item))
          .fails(IllegalStateException.class, "the buffer is closed");
    } else if (items.size() < capacity) {
      crew.done("put(" + item + ")", () -> buffer.put(item));
      append();
    }
  }

  private void offer(int item) {
    var offer = crew.asks("offer(" + item + ", 0)", () -> buffer.offer(item, 0));
    if (closed) {
      offer.fails(IllegalStateException.class, "the buffer is closed");
    } else if (items.size() < capacity) {
      Returned.by(offer, true, "there was room");
      append();
    } else {
      Returned.by(offer, false, "there was no room");
    }
  }

  private void take() {
    if (closed || !items.isEmpty()) {
      String because = oldest();
      Returned.by(crew.asks("take()", buffer::take), items.poll(), because);
    }
  }

  private void poll() {
    String because = oldest();
    Returned.by(crew.asks("poll(0)", () -> buffer.poll(0)), items.poll(), because);
  }

  private void size() {
    Returned.by(crew.asks("size()", buffer::size), items.size(), "so many items were inside");
  }

  private void close() {
    crew.done("close()", buffer::close);
    closed = true;
  }

  private void append() {
    items.add(next);
    next++;
  }

  private String oldest() {
    return items.isEmpty() ? "there was no item" : items.peek() + " was the oldest item";
  }
}
