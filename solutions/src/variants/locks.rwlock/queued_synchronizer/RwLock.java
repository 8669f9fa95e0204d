package locks.rwlock;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/** Who is inside as the state of a queued synchronizer: so many readers, or -1 for a writer. */
public final class RwLock {
  private static final int WRITER = -1;

  private static final class Room extends AbstractQueuedSynchronizer {
    private static final long serialVersionUID = 1L;

    @Override
    protected int tryAcquireShared(int one) {
      while (!hasQueuedPredecessors()) {
        int seen = getState();
        if (seen == WRITER) {
          return -1;
        }
        if (compareAndSetState(seen, seen + 1)) {
          return 1;
        }
      }
      return -1;
    }

    @Override
    protected boolean tryReleaseShared(int one) {
      while (true) {
        int seen = getState();
        if (compareAndSetState(seen, seen - 1)) {
          return seen == 1;
        }
      }
    }

    @Override
    protected boolean tryAcquire(int one) {
      return !hasQueuedPredecessors() && compareAndSetState(0, WRITER);
    }

    @Override
    protected boolean tryRelease(int one) {
      setState(0);
      return true;
    }
  }

  private enum Role {
    READER,
    WRITER
  }

  private final Room room = new Room();
  private final ThreadLocal<Role> inside = new ThreadLocal<>();

  public RwLock() {}

  public void lockRead() throws InterruptedException {
    requireOutside();
    room.acquireSharedInterruptibly(1);
    inside.set(Role.READER);
  }

  public void unlockRead() {
    leaveAs(Role.READER);
    room.releaseShared(1);
  }

  public void lockWrite() throws InterruptedException {
    requireOutside();
    room.acquireInterruptibly(1);
    inside.set(Role.WRITER);
  }

  public void unlockWrite() {
    leaveAs(Role.WRITER);
    room.release(1);
  }

  public boolean tryWrite() {
    if (inside.get() != null || !room.tryAcquire(1)) {
      return false;
    }
    inside.set(Role.WRITER);
    return true;
  }

  private void requireOutside() {
    if (inside.get() != null) {
      throw new IllegalStateException("this thread is inside as a " + inside.get());
    }
  }

  private void leaveAs(Role role) {
    if (inside.get() != role) {
      throw new IllegalMonitorStateException("this thread is not inside as a " + role);
    }
    inside.remove();
  }
}
