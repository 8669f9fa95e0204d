package locks.barrier;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A turnstile with one permit once the counts are in, which each who gets it passes on. */
public final class Latch {
  private final AtomicInteger counts = new AtomicInteger();
  private final Semaphore open;
  private final int needed;

  public Latch(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count);
    }
    needed = count;
    open = new Semaphore(count == 0 ? 1 : 0);
  }

  public void countDown() {
    if (counts.incrementAndGet() == needed) {
      open.release();
    }
  }

  public void await() throws InterruptedException {
    open.acquire();
    open.release();
  }
}
