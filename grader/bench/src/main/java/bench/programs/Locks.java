package bench.programs;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Mutual exclusion, by many means. */
final class Locks {
  private Locks() {}

  /** A plain counter that the lock has to guard. */
  abstract static class Guarded implements Program {
    private final int threads;
    int count;

    Guarded(int threads) {
      this.threads = threads;
    }

    abstract void lock(int me) throws InterruptedException;

    abstract void unlock(int me);

    @Override
    public int threads() {
      return threads;
    }

    @Override
    public void run(int me) throws Exception {
      lock(me);
      count++;
      unlock(me);
    }

    @Override
    public boolean right() {
      return count == threads;
    }
  }

  static final class CasSpin extends Guarded {
    private final AtomicBoolean held = new AtomicBoolean();

    CasSpin() {
      super(2);
    }

    @Override
    void lock(int me) {
      while (!held.compareAndSet(false, true)) {
        Thread.onSpinWait();
      }
    }

    @Override
    void unlock(int me) {
      held.set(false);
    }
  }

  static final class TestAndTestAndSet extends Guarded {
    private final AtomicBoolean held = new AtomicBoolean();

    TestAndTestAndSet() {
      super(3);
    }

    @Override
    void lock(int me) {
      do {
        while (held.get()) {
          Thread.onSpinWait();
        }
      } while (held.getAndSet(true));
    }

    @Override
    void unlock(int me) {
      held.set(false);
    }
  }

  static final class Ticket extends Guarded {
    private final AtomicInteger next = new AtomicInteger();
    private volatile int serving;

    Ticket() {
      super(3);
    }

    @Override
    void lock(int me) {
      int mine = next.getAndIncrement();
      while (serving != mine) {
        Thread.onSpinWait();
      }
    }

    @Override
    void unlock(int me) {
      serving = serving + 1;
    }
  }

  /** The field that hands the lock on is not volatile. */
  static final class TicketPlain extends Guarded {
    private final AtomicInteger next = new AtomicInteger();
    private int serving;

    TicketPlain() {
      super(2);
    }

    @Override
    void lock(int me) {
      int mine = next.getAndIncrement();
      while (serving != mine) {
        Thread.onSpinWait();
      }
    }

    @Override
    void unlock(int me) {
      serving = serving + 1;
    }
  }

  /** Takes its ticket in two steps. */
  static final class TicketTorn extends Guarded {
    private volatile int next;
    private volatile int serving;

    TicketTorn() {
      super(2);
    }

    @Override
    void lock(int me) {
      int mine = next;
      next = mine + 1;
      while (serving < mine) {
        Thread.onSpinWait();
      }
    }

    @Override
    void unlock(int me) {
      serving = serving + 1;
    }
  }

  static final class Clh extends Guarded {
    private static final class Node {
      volatile boolean locked;
    }

    private final AtomicReference<Node> tail = new AtomicReference<>(new Node());
    private final Node[] mine = new Node[2];

    Clh() {
      super(2);
    }

    @Override
    void lock(int me) {
      Node node = new Node();
      node.locked = true;
      mine[me] = node;
      Node before = tail.getAndSet(node);
      while (before.locked) {
        Thread.onSpinWait();
      }
    }

    @Override
    void unlock(int me) {
      mine[me].locked = false;
    }
  }

  static final class Mcs extends Guarded {
    private static final class Node {
      volatile boolean waits;
      volatile Node next;
    }

    private final AtomicReference<Node> tail = new AtomicReference<>();
    private final Node[] mine = new Node[2];

    Mcs() {
      super(2);
    }

    @Override
    void lock(int me) {
      Node node = new Node();
      mine[me] = node;
      Node before = tail.getAndSet(node);
      if (before != null) {
        node.waits = true;
        before.next = node;
        while (node.waits) {
          Thread.onSpinWait();
        }
      }
    }

    @Override
    void unlock(int me) {
      Node node = mine[me];
      if (node.next == null) {
        if (tail.compareAndSet(node, null)) {
          return;
        }
        while (node.next == null) {
          Thread.onSpinWait();
        }
      }
      node.next.waits = false;
    }
  }

  /** Forgets that somebody may be about to queue: does not wait for the successor to show up. */
  static final class McsForgetful extends Guarded {
    private static final class Node {
      volatile boolean waits;
      volatile Node next;
    }

    private final AtomicReference<Node> tail = new AtomicReference<>();
    private final Node[] mine = new Node[2];

    McsForgetful() {
      super(2);
    }

    @Override
    void lock(int me) {
      Node node = new Node();
      mine[me] = node;
      Node before = tail.getAndSet(node);
      if (before != null) {
        node.waits = true;
        before.next = node;
        while (node.waits) {
          Thread.onSpinWait();
        }
      }
    }

    @Override
    void unlock(int me) {
      Node node = mine[me];
      Node next = node.next;
      if (next != null) {
        next.waits = false;
      } else {
        tail.compareAndSet(node, null);
      }
    }
  }

  /** Waiters queue, look again, and only then park. */
  static final class ParkQueue extends Guarded {
    private final AtomicBoolean held = new AtomicBoolean();
    private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();

    ParkQueue() {
      super(2);
    }

    @Override
    void lock(int me) {
      Thread self = Thread.currentThread();
      waiting.add(self);
      while (waiting.peek() != self || !held.compareAndSet(false, true)) {
        LockSupport.park(this);
      }
      waiting.remove();
    }

    @Override
    void unlock(int me) {
      held.set(false);
      LockSupport.unpark(waiting.peek());
    }
  }

  /** Between the failed attempt and the queueing the lock may become free: nobody wakes it. */
  static final class ParkLostWakeUp extends Guarded {
    private final AtomicBoolean held = new AtomicBoolean();
    private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();

    ParkLostWakeUp() {
      super(2);
    }

    @Override
    void lock(int me) {
      while (!held.compareAndSet(false, true)) {
        waiting.add(Thread.currentThread());
        LockSupport.park(this);
      }
    }

    @Override
    void unlock(int me) {
      held.set(false);
      LockSupport.unpark(waiting.poll());
    }
  }

  static final class Monitor extends Guarded {
    private boolean held;

    Monitor() {
      super(3);
    }

    @Override
    synchronized void lock(int me) throws InterruptedException {
      while (held) {
        wait();
      }
      held = true;
    }

    @Override
    synchronized void unlock(int me) {
      held = false;
      notify();
    }
  }

  /** Does not look again after the wait. */
  static final class MonitorIf extends Guarded {
    private boolean held;

    MonitorIf() {
      super(3);
    }

    @Override
    synchronized void lock(int me) throws InterruptedException {
      if (held) {
        wait();
      }
      held = true;
    }

    @Override
    synchronized void unlock(int me) {
      held = false;
      notify();
    }
  }

  /** Wakes nobody. */
  static final class MonitorSilent extends Guarded {
    private boolean held;

    MonitorSilent() {
      super(2);
    }

    @Override
    synchronized void lock(int me) throws InterruptedException {
      while (held) {
        wait();
      }
      held = true;
    }

    @Override
    synchronized void unlock(int me) {
      held = false;
    }
  }

  /** Tests and sets in two steps. */
  static final class FlagVolatile extends Guarded {
    private volatile boolean held;

    FlagVolatile() {
      super(2);
    }

    @Override
    void lock(int me) {
      while (held) {
        Thread.onSpinWait();
      }
      held = true;
    }

    @Override
    void unlock(int me) {
      held = false;
    }
  }

  /** Tests and sets in two steps, on a field that nobody need ever see change. */
  static final class FlagPlain extends Guarded {
    private boolean held;

    FlagPlain() {
      super(2);
    }

    @Override
    void lock(int me) {
      while (held) {
        Thread.onSpinWait();
      }
      held = true;
    }

    @Override
    void unlock(int me) {
      held = false;
    }
  }

  /** Two holders and a stranger that unlocks what it does not hold. */
  abstract static class WithStranger extends Guarded {
    volatile Thread owner;
    private boolean held;

    WithStranger() {
      super(3);
    }

    @Override
    public void run(int me) throws Exception {
      if (me < 2) {
        super.run(me);
        return;
      }
      try {
        unlock(me);
      } catch (IllegalMonitorStateException expected) {
        // Refused, as it should be.
      }
    }

    @Override
    synchronized void lock(int me) throws InterruptedException {
      while (held) {
        wait();
      }
      held = true;
      owner = Thread.currentThread();
    }

    synchronized void free() {
      held = false;
      owner = null;
      notify();
    }

    @Override
    public boolean right() {
      return count == 2;
    }
  }

  static final class Owned extends WithStranger {
    @Override
    void unlock(int me) {
      if (owner != Thread.currentThread()) {
        throw new IllegalMonitorStateException();
      }
      free();
    }
  }

  static final class NotOwned extends WithStranger {
    @Override
    void unlock(int me) {
      free();
    }
  }

  /** Takes the lock twice. */
  abstract static class Twice extends Guarded {
    private Thread owner;
    int holds;

    Twice() {
      super(2);
    }

    @Override
    public void run(int me) throws Exception {
      lock(me);
      lock(me);
      unlock(me);
      count++;
      unlock(me);
    }

    @Override
    synchronized void lock(int me) throws InterruptedException {
      Thread self = Thread.currentThread();
      while (owner != null && owner != self) {
        wait();
      }
      owner = self;
      holds++;
    }

    synchronized void free() {
      owner = null;
      notify();
    }
  }

  static final class Reentrant extends Twice {
    @Override
    synchronized void unlock(int me) {
      if (--holds == 0) {
        free();
      }
    }
  }

  /** The inner unlock frees the lock. */
  static final class ReentrantEarly extends Twice {
    @Override
    synchronized void unlock(int me) {
      holds = 0;
      free();
    }
  }

  static final class Peterson extends Guarded {
    private volatile boolean wants0;
    private volatile boolean wants1;
    private volatile int turn;

    Peterson() {
      super(2);
    }

    @Override
    void lock(int me) {
      if (me == 0) {
        wants0 = true;
        turn = 1;
        while (wants1 && turn == 1) {
          Thread.onSpinWait();
        }
      } else {
        wants1 = true;
        turn = 0;
        while (wants0 && turn == 0) {
          Thread.onSpinWait();
        }
      }
    }

    @Override
    void unlock(int me) {
      if (me == 0) {
        wants0 = false;
      } else {
        wants1 = false;
      }
    }
  }

  /** Gives the turn away before it says what it wants. */
  static final class PetersonSwapped extends Guarded {
    private volatile boolean wants0;
    private volatile boolean wants1;
    private volatile int turn;

    PetersonSwapped() {
      super(2);
    }

    @Override
    void lock(int me) {
      if (me == 0) {
        turn = 1;
        wants0 = true;
        while (wants1 && turn == 1) {
          Thread.onSpinWait();
        }
      } else {
        turn = 0;
        wants1 = true;
        while (wants0 && turn == 0) {
          Thread.onSpinWait();
        }
      }
    }

    @Override
    void unlock(int me) {
      if (me == 0) {
        wants0 = false;
      } else {
        wants1 = false;
      }
    }
  }

  static final class JdkReentrant extends Guarded {
    private final ReentrantLock lock = new ReentrantLock();

    JdkReentrant() {
      super(2);
    }

    @Override
    void lock(int me) {
      lock.lock();
    }

    @Override
    void unlock(int me) {
      lock.unlock();
    }
  }

  /** Two locks, taken by two threads. */
  abstract static class Pair implements Program {
    final Object a = new Object();
    final Object b = new Object();
    private int count;

    @Override
    public int threads() {
      return 2;
    }

    void both(Object first, Object second) {
      synchronized (first) {
        synchronized (second) {
          count++;
        }
      }
    }

    @Override
    public boolean right() {
      return count == 2;
    }
  }

  static final class Ordered extends Pair {
    @Override
    public void run(int me) {
      both(a, b);
    }
  }

  static final class Crossed extends Pair {
    @Override
    public void run(int me) {
      both(me == 0 ? a : b, me == 0 ? b : a);
    }
  }

  /** Crossed, with the JDK's locks. */
  static final class CrossedLocks implements Program {
    private final ReentrantLock a = new ReentrantLock();
    private final ReentrantLock b = new ReentrantLock();
    private int count;

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) {
      ReentrantLock first = me == 0 ? a : b;
      ReentrantLock second = me == 0 ? b : a;
      first.lock();
      second.lock();
      count++;
      second.unlock();
      first.unlock();
    }

    @Override
    public boolean right() {
      return count == 2;
    }
  }

  /** Three philosophers, each with the left fork first. */
  static final class Philosophers implements Program {
    private final Object[] forks = {new Object(), new Object(), new Object()};

    @Override
    public int threads() {
      return 3;
    }

    @Override
    public void run(int me) {
      synchronized (forks[me]) {
        synchronized (forks[(me + 1) % 3]) {
          // Eats.
        }
      }
    }

    @Override
    public boolean right() {
      return true;
    }
  }
}
