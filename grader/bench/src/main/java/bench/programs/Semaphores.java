package bench.programs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Permits, gates and time-outs. */
final class Semaphores {
  private Semaphores() {}

  /** Two threads acquire, one releases two permits. */
  abstract static class Permits implements Program {
    int permits;

    abstract void acquire() throws InterruptedException;

    abstract void release() throws InterruptedException;

    @Override
    public int threads() {
      return 3;
    }

    @Override
    public void run(int me) throws Exception {
      if (me < 2) {
        acquire();
      } else {
        release();
        release();
      }
    }

    @Override
    public boolean right() {
      return permits == 0;
    }
  }

  static final class While extends Permits {
    @Override
    synchronized void acquire() throws InterruptedException {
      while (permits == 0) {
        wait();
      }
      permits--;
    }

    @Override
    synchronized void release() {
      permits++;
      notify();
    }
  }

  /** One waits and does not look again; the other barges in. */
  static final class If extends Permits {
    @Override
    synchronized void acquire() throws InterruptedException {
      if (permits == 0) {
        wait();
      }
      if (--permits < 0) {
        throw new IllegalStateException("a permit that is not there");
      }
    }

    @Override
    synchronized void release() {
      permits++;
      notifyAll();
    }
  }

  /** Two permits in one release. */
  abstract static class Bulk extends Permits {
    @Override
    synchronized void acquire() throws InterruptedException {
      while (permits == 0) {
        wait();
      }
      permits--;
    }

    @Override
    public void run(int me) throws Exception {
      if (me < 2) {
        acquire();
      } else {
        release();
      }
    }
  }

  static final class BulkNotifyAll extends Bulk {
    @Override
    synchronized void release() {
      permits += 2;
      notifyAll();
    }
  }

  /** Wakes one where two could go on. */
  static final class BulkNotify extends Bulk {
    @Override
    synchronized void release() {
      permits += 2;
      notify();
    }
  }

  /** Two threads try for the one permit. */
  abstract static class Attempts implements Program {
    final AtomicInteger permits = new AtomicInteger(1);
    private final AtomicInteger got = new AtomicInteger();

    abstract boolean tryAcquire();

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) {
      if (tryAcquire()) {
        got.incrementAndGet();
      }
    }

    @Override
    public boolean right() {
      return got.get() == 1 && permits.get() == 0;
    }
  }

  static final class TryCas extends Attempts {
    @Override
    boolean tryAcquire() {
      int seen = permits.get();
      while (seen > 0) {
        if (permits.compareAndSet(seen, seen - 1)) {
          return true;
        }
        seen = permits.get();
      }
      return false;
    }
  }

  static final class TryCheckThenAct extends Attempts {
    @Override
    boolean tryAcquire() {
      if (permits.get() > 0) {
        permits.decrementAndGet();
        return true;
      }
      return false;
    }
  }

  /** The JDK's, as a mutex. */
  static final class Jdk extends Locks.Guarded {
    private final Semaphore semaphore = new Semaphore(1);

    Jdk() {
      super(2);
    }

    @Override
    void lock(int me) throws InterruptedException {
      semaphore.acquire();
    }

    @Override
    void unlock(int me) {
      semaphore.release();
    }
  }

  /** One waits a while for a permit, the other brings it. */
  abstract static class Timed implements Program {
    private boolean got;

    abstract boolean tryAcquire(long millis) throws InterruptedException;

    abstract void release();

    abstract int left();

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) throws Exception {
      if (me == 0) {
        got = tryAcquire(5);
      } else {
        release();
      }
    }

    @Override
    public boolean right() {
      return left() == (got ? 0 : 1);
    }
  }

  static final class JdkTimed extends Timed {
    private final Semaphore semaphore = new Semaphore(0);

    @Override
    boolean tryAcquire(long millis) throws InterruptedException {
      return semaphore.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    void release() {
      semaphore.release();
    }

    @Override
    int left() {
      return semaphore.availablePermits();
    }
  }

  abstract static class MonitorTimed extends Timed {
    int permits;

    @Override
    synchronized void release() {
      permits++;
      notify();
    }

    @Override
    synchronized int left() {
      return permits;
    }
  }

  static final class TimedRight extends MonitorTimed {
    @Override
    synchronized boolean tryAcquire(long millis) throws InterruptedException {
      long deadline = System.nanoTime() + millis * 1_000_000;
      while (permits == 0) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      permits--;
      return true;
    }
  }

  /** Takes the end of the wait for a permit. */
  static final class TimedIf extends MonitorTimed {
    @Override
    synchronized boolean tryAcquire(long millis) throws InterruptedException {
      if (permits == 0) {
        wait(millis);
      }
      permits--;
      return true;
    }

    @Override
    public synchronized boolean right() {
      return permits == 0 && super.right();
    }

    @Override
    synchronized void release() {
      if (permits < 0) {
        throw new IllegalStateException("a permit that was not there");
      }
      super.release();
    }
  }

  /** A gate: one parks before it until the other opens it. */
  abstract static class Gate implements Program {
    volatile boolean open;
    volatile Thread waiter;

    @Override
    public int threads() {
      return 2;
    }

    abstract void pass();

    @Override
    public void run(int me) {
      if (me == 0) {
        pass();
      } else {
        open = true;
        LockSupport.unpark(waiter);
      }
    }

    @Override
    public boolean right() {
      return open;
    }
  }

  static final class GateRight extends Gate {
    @Override
    void pass() {
      waiter = Thread.currentThread();
      while (!open) {
        LockSupport.park(this);
      }
    }
  }

  /** Looks first and says afterwards that it waits: a lost wake-up. */
  static final class GateLostWakeUp extends Gate {
    @Override
    void pass() {
      while (!open) {
        waiter = Thread.currentThread();
        LockSupport.park(this);
      }
    }
  }

  static final class JdkLatch implements Program {
    private final CountDownLatch latch = new CountDownLatch(2);
    private int written;

    @Override
    public int threads() {
      return 3;
    }

    @Override
    public void run(int me) throws Exception {
      if (me == 0) {
        latch.await();
        if (written != 7) {
          throw new IllegalStateException("too early");
        }
      } else {
        if (me == 1) {
          written = 7;
        }
        latch.countDown();
      }
    }

    @Override
    public boolean right() {
      return latch.getCount() == 0;
    }
  }

  static final class JdkBarrier implements Program {
    private final CyclicBarrier barrier = new CyclicBarrier(2);
    private final int[] written = new int[2];

    @Override
    public int threads() {
      return 2;
    }

    @Override
    public void run(int me) throws Exception {
      written[me] = 1;
      barrier.await();
      if (written[1 - me] != 1) {
        throw new IllegalStateException("too early");
      }
    }

    @Override
    public boolean right() {
      return !barrier.isBroken();
    }
  }
}
