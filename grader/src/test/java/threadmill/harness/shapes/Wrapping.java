package threadmill.harness.shapes;

import java.util.concurrent.Semaphore;

/** Uses what it should build. */
public final class Wrapping {
  private final Semaphore inner = new Semaphore(1);

  public boolean tryAcquire() {
    return inner.tryAcquire();
  }
}
