package locks.barrier;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** An atomic count and a queue of parked threads. */
public final class Latch {
  private final AtomicInteger missing;
  private final Queue<Thread> parked = new ConcurrentLinkedQueue<>();

  public Latch(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count);
    }
    missing = new AtomicInteger(count);
  }

  public void countDown() {
    if (missing.getAndUpdate(n -> Math.max(0, n - 1)) == 1) {
      parked.forEach(LockSupport::unpark);
    }
  }

  public void await() throws InterruptedException {
    parked.add(Thread.currentThread());
    while (missing.get() > 0) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
