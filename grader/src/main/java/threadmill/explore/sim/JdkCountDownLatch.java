package threadmill.explore.sim;

import java.util.concurrent.TimeUnit;

/**
 * Stands in for {@link java.util.concurrent.CountDownLatch}. Where nothing is controlled, in class
 * initializers and conditions of a scenario, it counts, and nobody can wait for it.
 */
public class JdkCountDownLatch {
  private final Permits count;

  public JdkCountDownLatch(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("count < 0");
    }
    this.count = Permits.latch(count);
  }

  public void await() throws InterruptedException {
    World w = Hooks.on();
    if (w != null) {
      count.in(w).awaitZero();
    } else if (count.value() > 0) {
      throw new Refused("a wait for a CountDownLatch in a class initializer or a condition");
    }
  }

  public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
    long wait = Math.max(0, unit.toNanos(timeout));
    World w = Hooks.on();
    return w == null ? count.value() == 0 : count.in(w).awaitZero(wait);
  }

  public void countDown() {
    World w = Hooks.on();
    if (w != null) {
      count.in(w).countDown();
    } else if (count.value() > 0) {
      count.reduce(1);
    }
  }

  public long getCount() {
    World w = Hooks.on();
    return w == null ? count.value() : count.in(w).look();
  }

  @Override
  public String toString() {
    return "java.util.concurrent.CountDownLatch@"
        + Integer.toHexString(Hooks.identityHash(this))
        + "[Count = "
        + getCount()
        + "]";
  }
}
