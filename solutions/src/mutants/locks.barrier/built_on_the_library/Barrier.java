// RXO | rejected by B0 | The library has them already.
package locks.barrier;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;

/** A meeting place of threads. */
public final class Barrier {
  private final CyclicBarrier barrier;

  public Barrier(int parties, Runnable action) {
    barrier = new CyclicBarrier(parties, action);
  }

  public int await() throws InterruptedException, BrokenException {
    try {
      return barrier.getParties() - 1 - barrier.await();
    } catch (BrokenBarrierException e) {
      throw new BrokenException();
    }
  }

  public void reset() {
    barrier.reset();
  }
}
