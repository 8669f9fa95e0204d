package locks.rwlock;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Readers and writers after Downey's Little Book of Semaphores (section 4.2.3): all pass a fair
 * turnstile, which a writer keeps shut behind it; the first reader takes the room and the last one
 * gives it back.
 */
public final class RwLock {
  private final Semaphore turnstile = new Semaphore(1, true);
  private final Semaphore room = new Semaphore(1);
  private final Semaphore lightSwitch = new Semaphore(1);
  private final Semaphore trying = new Semaphore(1);
  private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
  private int lit;
  private volatile Thread writer;

  public RwLock() {}

  public void lockRead() throws InterruptedException {
    requireOutside();
    turnstile.acquire();
    try {
      lightSwitch.acquireUninterruptibly();
      lit++;
      if (lit == 1) {
        // Free: a writer gives back the room before it opens the turnstile.
        room.acquireUninterruptibly();
      }
      lightSwitch.release();
    } finally {
      turnstile.release();
    }
    readers.add(Thread.currentThread());
  }

  public void unlockRead() {
    if (!readers.remove(Thread.currentThread())) {
      throw new IllegalMonitorStateException("this thread is no reader");
    }
    lightSwitch.acquireUninterruptibly();
    lit--;
    if (lit == 0) {
      room.release();
    }
    lightSwitch.release();
  }

  public void lockWrite() throws InterruptedException {
    requireOutside();
    turnstile.acquire();
    try {
      room.acquire();
    } catch (InterruptedException e) {
      turnstile.release();
      throw e;
    }
    writer = Thread.currentThread();
  }

  public void unlockWrite() {
    if (writer != Thread.currentThread()) {
      throw new IllegalMonitorStateException("this thread is not the writer");
    }
    writer = null;
    room.release();
    turnstile.release();
  }

  public boolean tryWrite() {
    // An attempt that fails keeps the turnstile for a moment, which is no reason to fail as well.
    trying.acquireUninterruptibly();
    try {
      return tryAlone();
    } finally {
      trying.release();
    }
  }

  private boolean tryAlone() {
    // Even of a fair semaphore tryAcquire() overtakes those who wait.
    if (turnstile.hasQueuedThreads() || !turnstile.tryAcquire()) {
      return false;
    }
    if (!room.tryAcquire()) {
      turnstile.release();
      return false;
    }
    writer = Thread.currentThread();
    return true;
  }

  private void requireOutside() {
    if (writer == Thread.currentThread() || readers.contains(Thread.currentThread())) {
      throw new IllegalStateException("this thread is inside and would wait for itself");
    }
  }
}
