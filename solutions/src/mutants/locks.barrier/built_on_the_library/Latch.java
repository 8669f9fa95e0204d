package locks.barrier;

import java.util.concurrent.CountDownLatch;

/** A count that opens the way when it reaches zero, and stays there. */
public final class Latch {
  private final CountDownLatch latch;

  public Latch(int count) {
    latch = new CountDownLatch(count);
  }

  public void countDown() {
    latch.countDown();
  }

  public void await() throws InterruptedException {
    latch.await();
  }
}
