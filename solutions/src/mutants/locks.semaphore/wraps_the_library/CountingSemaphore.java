// FAKE | rejected by S0 | The library has one already.
package locks.semaphore;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A number of permits that threads take and give back. */
public final class CountingSemaphore {
  private final Semaphore inner;

  public CountingSemaphore(int permits) {
    this.inner = new Semaphore(permits);
  }

  public void acquire() throws InterruptedException {
    inner.acquire();
  }

  public boolean tryAcquire() {
    return inner.tryAcquire();
  }

  public boolean tryAcquire(long millis) throws InterruptedException {
    return inner.tryAcquire(millis, TimeUnit.MILLISECONDS);
  }

  public void release() {
    inner.release();
  }

  public int available() {
    return inner.availablePermits();
  }
}
