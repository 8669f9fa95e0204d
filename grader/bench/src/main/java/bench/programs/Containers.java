package bench.programs;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Buffers, stacks and maps. */
final class Containers {
  private Containers() {}

  /** Room for one; half of the threads put, half of them take. */
  abstract static class Buffer implements Program {
    private final int pairs;
    private final AtomicInteger taken = new AtomicInteger();
    final Queue<Integer> items = new ArrayDeque<>();

    Buffer(int pairs) {
      this.pairs = pairs;
    }

    abstract void put(int item) throws InterruptedException;

    abstract int take() throws InterruptedException;

    @Override
    public int threads() {
      return 2 * pairs;
    }

    @Override
    public void run(int me) throws Exception {
      if (me < pairs) {
        put(me + 1);
      } else {
        taken.addAndGet(take());
      }
    }

    @Override
    public boolean right() {
      return taken.get() == pairs * (pairs + 1) / 2;
    }
  }

  static final class MonitorBuffer extends Buffer {
    MonitorBuffer() {
      super(2);
    }

    @Override
    synchronized void put(int item) throws InterruptedException {
      while (items.size() == 1) {
        wait();
      }
      items.add(item);
      notifyAll();
    }

    @Override
    synchronized int take() throws InterruptedException {
      while (items.isEmpty()) {
        wait();
      }
      notifyAll();
      return items.remove();
    }
  }

  /** Does not look again: takes from an empty buffer. */
  static final class IfBuffer extends Buffer {
    IfBuffer() {
      super(2);
    }

    @Override
    synchronized void put(int item) throws InterruptedException {
      while (items.size() == 1) {
        wait();
      }
      items.add(item);
      notifyAll();
    }

    @Override
    synchronized int take() throws InterruptedException {
      if (items.isEmpty()) {
        wait();
      }
      notifyAll();
      return items.remove();
    }
  }

  /** Wakes one of those that wait, and it may be one of the wrong side. */
  static final class NotifyBuffer extends Buffer {
    NotifyBuffer() {
      super(2);
    }

    @Override
    synchronized void put(int item) throws InterruptedException {
      while (items.size() == 1) {
        wait();
      }
      items.add(item);
      notify();
    }

    @Override
    synchronized int take() throws InterruptedException {
      while (items.isEmpty()) {
        wait();
      }
      notify();
      return items.remove();
    }
  }

  static final class ConditionBuffer extends Buffer {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition item = lock.newCondition();

    ConditionBuffer() {
      super(1);
    }

    @Override
    void put(int value) throws InterruptedException {
      lock.lock();
      try {
        while (items.size() == 1) {
          room.await();
        }
        items.add(value);
        item.signal();
      } finally {
        lock.unlock();
      }
    }

    @Override
    int take() throws InterruptedException {
      lock.lock();
      try {
        while (items.isEmpty()) {
          item.await();
        }
        room.signal();
        return items.remove();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Forgets the lock round the look. */
  static final class UnlockedLookBuffer extends Buffer {
    UnlockedLookBuffer() {
      super(1);
    }

    @Override
    void put(int item) {
      synchronized (this) {
        items.add(item);
        notify();
      }
    }

    @Override
    int take() throws InterruptedException {
      boolean empty;
      synchronized (this) {
        empty = items.isEmpty();
      }
      if (empty) {
        synchronized (this) {
          wait();
        }
      }
      synchronized (this) {
        return items.remove();
      }
    }
  }

  static final class JdkArrayBlocking extends Buffer {
    private final BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1);

    JdkArrayBlocking() {
      super(1);
    }

    @Override
    void put(int item) throws InterruptedException {
      queue.put(item);
    }

    @Override
    int take() throws InterruptedException {
      return queue.take();
    }
  }

  /** A queue that is safe, used in two steps that are not. */
  static final class LookThenRemove implements Program {
    private final Queue<Integer> queue = new ConcurrentLinkedQueue<>();

    LookThenRemove() {
      queue.add(1);
    }

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) {
      if (!queue.isEmpty()) {
        queue.remove();
      }
    }

    @Override
    public boolean right() {
      return queue.isEmpty();
    }
  }

  /** Two threads want the one value of a key. */
  abstract static class Memo implements Program {
    final Map<String, Object> map = new ConcurrentHashMap<>();
    private final Object[] got = new Object[2];

    abstract Object get();

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) {
      got[me] = get();
    }

    @Override
    public boolean right() {
      return got[0] == got[1];
    }
  }

  static final class MemoAbsent extends Memo {
    @Override
    Object get() {
      return map.computeIfAbsent("key", key -> new Object());
    }
  }

  static final class MemoCheckThenAct extends Memo {
    @Override
    Object get() {
      Object value = map.get("key");
      if (value == null) {
        value = new Object();
        map.put("key", value);
      }
      return value;
    }
  }

  /** Two threads push. */
  abstract static class Stack implements Program {
    /** An element. */
    static final class Node {
      final Node next;

      Node(Node next) {
        this.next = next;
      }
    }

    final AtomicReference<Node> top = new AtomicReference<>();

    abstract void push();

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) {
      push();
    }

    @Override
    public boolean right() {
      int size = 0;
      for (Node node = top.get(); node != null; node = node.next) {
        size++;
      }
      return size == 2;
    }
  }

  static final class Treiber extends Stack {
    @Override
    void push() {
      Node seen;
      do {
        seen = top.get();
      } while (!top.compareAndSet(seen, new Node(seen)));
    }
  }

  /** Does not mind whether the compare-and-set succeeded. */
  static final class TreiberOnce extends Stack {
    @Override
    void push() {
      Node seen = top.get();
      top.compareAndSet(seen, new Node(seen));
    }
  }
}
