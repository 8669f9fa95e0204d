package threads.visibility;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A value in release and acquire mode, and a queue of parked threads. */
public final class Publisher<T> {
  private final AtomicReference<T> value = new AtomicReference<>();
  private final Queue<Thread> parked = new ConcurrentLinkedQueue<>();

  public void publish(T value) {
    this.value.set(Objects.requireNonNull(value));
    parked.forEach(LockSupport::unpark);
  }

  public T getOrNull() {
    return value.getAcquire();
  }

  public T await() throws InterruptedException {
    Thread me = Thread.currentThread();
    parked.add(me);
    try {
      for (T seen = value.get(); ; seen = value.get()) {
        if (seen != null) {
          return seen;
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LockSupport.park(this);
      }
    } finally {
      parked.remove(me);
    }
  }
}
