package locks.spinlock;

import java.util.concurrent.atomic.AtomicReference;

/**
 * A queue in which each thread spins on the node of the one before it (Craig, 1993; Landin and
 * Hagersten, 1994). Nodes are not used again, so one that is seen free stays free.
 */
public final class SpinLock {
  private static final class Node {
    private final Thread thread;
    private volatile boolean done;

    Node(Thread thread, boolean done) {
      this.thread = thread;
      this.done = done;
    }
  }

  private final AtomicReference<Node> last = new AtomicReference<>(new Node(null, true));
  private volatile Node holder;

  public void lock() {
    if (isMine(holder)) {
      throw new IllegalMonitorStateException();
    }
    Node mine = new Node(Thread.currentThread(), false);
    Node before = last.getAndSet(mine);
    while (!before.done) {
      Thread.onSpinWait();
    }
    holder = mine;
  }

  public boolean tryLock() {
    Node before = last.get();
    Node mine = new Node(Thread.currentThread(), false);
    if (!before.done || !last.compareAndSet(before, mine)) {
      return false;
    }
    holder = mine;
    return true;
  }

  public void unlock() {
    Node mine = holder;
    if (!isMine(mine)) {
      throw new IllegalMonitorStateException();
    }
    holder = null;
    mine.done = true;
  }

  private static boolean isMine(Node node) {
    return node != null && node.thread == Thread.currentThread();
  }
}
