package threads.visibility;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Nothing, or who is making it, or what was made: one reference, moved on by compare-and-set. */
public final class Lazy<T> {
  private static final class Claim {
    private final Thread maker = Thread.currentThread();
    private final CountDownLatch over = new CountDownLatch(1);
  }

  private record Made<T>(T value) {}

  private final AtomicReference<Object> state = new AtomicReference<>();
  private final Supplier<T> supplier;

  public Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  @SuppressWarnings("unchecked")
  public T get() {
    while (true) {
      Object seen = state.get();
      if (seen instanceof Made<?> made) {
        return (T) made.value();
      }
      if (seen instanceof Claim claim) {
        await(claim);
      } else {
        Claim mine = new Claim();
        if (state.compareAndSet(null, mine)) {
          return make(mine);
        }
      }
    }
  }

  private T make(Claim mine) {
    Object next = null;
    try {
      T value = supplier.get();
      next = new Made<>(value);
      return value;
    } finally {
      state.set(next);
      mine.over.countDown();
    }
  }

  private static void await(Claim claim) {
    if (claim.maker == Thread.currentThread()) {
      throw new IllegalStateException("the supplier asks for the value that it is to make");
    }
    boolean interrupted = false;
    while (claim.over.getCount() > 0) {
      try {
        claim.over.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
