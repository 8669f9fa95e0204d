package deadlock.transfer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import threadmill.harness.WatchedLock;

/**
 * Lets threads take locks only by turns: a thread stops before each lock it takes until it is
 * granted more. Thread-safe.
 */
final class Turns implements WatchedLock.Log {
  private final Map<Thread, Integer> granted = new HashMap<>();
  private final Set<Thread> stopped = new HashSet<>();
  private boolean free;

  /** Lets a thread take this many locks more. */
  synchronized void grant(Thread thread, int locks) {
    granted.merge(thread, locks, Integer::sum);
    stopped.remove(thread);
    notifyAll();
  }

  /** Lets everybody take what they want. */
  synchronized void free() {
    free = true;
    notifyAll();
  }

  synchronized boolean isStopped(Thread thread) {
    return stopped.contains(thread);
  }

  @Override
  public void asks(WatchedLock lock) {
    await();
  }

  @Override
  public void tries(WatchedLock lock) {
    await();
  }

  private synchronized void await() {
    Thread me = Thread.currentThread();
    try {
      while (!free && granted.getOrDefault(me, 0) == 0) {
        stopped.add(me);
        wait();
      }
    } catch (InterruptedException e) {
      me.interrupt();
    }
    granted.merge(me, -1, Integer::sum);
  }
}
