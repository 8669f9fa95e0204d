package locks.rwlock;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/** Whoever goes out lets in those whose turn it is, by name; nobody else wakes up. */
public final class RwLock {
  private enum Role {
    READER,
    WRITER
  }

  private static final class Comer {
    private final Thread thread = Thread.currentThread();
    private final Role role;
    private volatile boolean in;

    Comer(Role role) {
      this.role = role;
    }
  }

  private final Queue<Comer> waiting = new ArrayDeque<>();
  private final Map<Thread, Role> inside = new HashMap<>();

  public RwLock() {}

  public void lockRead() throws InterruptedException {
    enter(new Comer(Role.READER));
  }

  public void unlockRead() {
    leave(Role.READER);
  }

  public void lockWrite() throws InterruptedException {
    enter(new Comer(Role.WRITER));
  }

  public void unlockWrite() {
    leave(Role.WRITER);
  }

  public synchronized boolean tryWrite() {
    boolean free = inside.isEmpty();
    if (free) {
      inside.put(Thread.currentThread(), Role.WRITER);
    }
    return free;
  }

  private void enter(Comer me) throws InterruptedException {
    synchronized (this) {
      if (inside.containsKey(me.thread)) {
        throw new IllegalStateException("inside already, as a " + inside.get(me.thread));
      }
      waiting.add(me);
      letIn();
    }
    while (!me.in) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        giveUp(me);
        return;
      }
    }
  }

  /** Let in just now, it stays in and keeps the interrupt for later. */
  private synchronized void giveUp(Comer me) throws InterruptedException {
    if (me.in) {
      Thread.currentThread().interrupt();
      return;
    }
    waiting.remove(me);
    letIn();
    throw new InterruptedException();
  }

  private synchronized void leave(Role role) {
    if (!inside.remove(Thread.currentThread(), role)) {
      throw new IllegalMonitorStateException("not inside as a " + role);
    }
    letIn();
  }

  private void letIn() {
    for (Comer next = waiting.peek(); next != null && fits(next); next = waiting.peek()) {
      waiting.remove();
      inside.put(next.thread, next.role);
      next.in = true;
      LockSupport.unpark(next.thread);
    }
  }

  private boolean fits(Comer comer) {
    return inside.isEmpty() || comer.role == Role.READER && !inside.containsValue(Role.WRITER);
  }
}
