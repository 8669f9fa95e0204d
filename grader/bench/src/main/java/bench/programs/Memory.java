package bench.programs;

import java.util.concurrent.atomic.AtomicInteger;

/** Counters and what threads see of each other. */
final class Memory {
  private Memory() {}

  /** Two threads count, once each. */
  abstract static class Counter implements Program {
    abstract void add();

    abstract int get();

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) {
      add();
    }

    @Override
    public boolean right() {
      return get() == 2;
    }
  }

  static final class PlainCounter extends Counter {
    private int value;

    @Override
    void add() {
      value++;
    }

    @Override
    int get() {
      return value;
    }
  }

  static final class VolatileCounter extends Counter {
    private volatile int value;

    @Override
    void add() {
      value = value + 1;
    }

    @Override
    int get() {
      return value;
    }
  }

  static final class SynchronizedCounter extends Counter {
    private int value;

    @Override
    synchronized void add() {
      value++;
    }

    @Override
    synchronized int get() {
      return value;
    }
  }

  static final class AtomicCounter extends Counter {
    private final AtomicInteger value = new AtomicInteger();

    @Override
    public int threads() {
      return 3;
    }

    @Override
    void add() {
      value.incrementAndGet();
    }

    @Override
    int get() {
      return value.get() - 1;
    }
  }

  /** An atomic, used in two steps. */
  static final class GetThenSet extends Counter {
    private final AtomicInteger value = new AtomicInteger();

    @Override
    void add() {
      value.set(value.get() + 1);
    }

    @Override
    int get() {
      return value.get();
    }
  }

  /** One thread spins until the other says stop. */
  static final class StopPlain implements Program {
    private boolean stop;

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) {
      if (me == 1) {
        stop = true;
        return;
      }
      while (!stop) {
        Thread.onSpinWait();
      }
    }

    @Override
    public boolean right() {
      return true;
    }
  }

  static final class StopVolatile implements Program {
    private volatile boolean stop;

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) {
      if (me == 1) {
        stop = true;
        return;
      }
      while (!stop) {
        Thread.onSpinWait();
      }
    }

    @Override
    public boolean right() {
      return true;
    }
  }

  /** What is made once, when it is first asked for. */
  static final class Thing {
    private int value;

    Thing() {
      value = 7;
    }

    void check() {
      if (value != 7) {
        throw new IllegalStateException("half made");
      }
    }
  }

  /** Double-checked locking without volatile. */
  static final class DoubleCheckedPlain implements Program {
    private Thing thing;
    private final AtomicInteger made = new AtomicInteger();

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) {
      if (thing == null) {
        synchronized (this) {
          if (thing == null) {
            thing = new Thing();
            made.incrementAndGet();
          }
        }
      }
      thing.check();
    }

    @Override
    public boolean right() {
      return made.get() == 1;
    }
  }

  static final class DoubleCheckedVolatile implements Program {
    private volatile Thing thing;
    private final AtomicInteger made = new AtomicInteger();

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) {
      if (thing == null) {
        synchronized (this) {
          if (thing == null) {
            thing = new Thing();
            made.incrementAndGet();
          }
        }
      }
      thing.check();
    }

    @Override
    public boolean right() {
      return made.get() == 1;
    }
  }

  /** The second check is missing. */
  static final class CheckedOnce implements Program {
    private volatile Thing thing;
    private final AtomicInteger made = new AtomicInteger();

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) {
      if (thing == null) {
        synchronized (this) {
          thing = new Thing();
          made.incrementAndGet();
        }
      }
      thing.check();
    }

    @Override
    public boolean right() {
      return made.get() == 1;
    }
  }

  /** A message and a flag that says it is there. */
  static final class MessagePlain implements Program {
    private int message;
    private boolean there;

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) {
      if (me == 0) {
        message = 7;
        there = true;
      } else if (there && message != 7) {
        throw new IllegalStateException("the flag without the message");
      }
    }

    @Override
    public boolean right() {
      return true;
    }
  }

  static final class MessageVolatile implements Program {
    private int message;
    private volatile boolean there;

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) {
      if (me == 0) {
        message = 7;
        there = true;
      } else if (there && message != 7) {
        throw new IllegalStateException("the flag without the message");
      }
    }

    @Override
    public boolean right() {
      return true;
    }
  }

  /** Store buffering: both may read 0 unless the fields are volatile. */
  static final class StoreBufferPlain implements Program {
    private int x;
    private int y;
    private final int[] read = new int[2];

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) {
      if (me == 0) {
        x = 1;
        read[0] = y;
      } else {
        y = 1;
        read[1] = x;
      }
    }

    @Override
    public boolean right() {
      return read[0] + read[1] > 0;
    }
  }

  static final class StoreBufferVolatile implements Program {
    private volatile int x;
    private volatile int y;
    private final int[] read = new int[2];

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) {
      if (me == 0) {
        x = 1;
        read[0] = y;
      } else {
        y = 1;
        read[1] = x;
      }
    }

    @Override
    public boolean right() {
      return read[0] + read[1] > 0;
    }
  }
}
