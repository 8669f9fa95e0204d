package locks.rwlock;

import static threadmill.Todo.todo;

/** A lock that lets in many readers or one writer. */
public final class RwLock {
  public RwLock() {
    // TODO
    throw todo();
  }

  /** Goes in as a reader. */
  public void lockRead() throws InterruptedException {
    // TODO
    throw todo();
  }

  /** Goes out as a reader. */
  public void unlockRead() {
    // TODO
    throw todo();
  }

  /** Goes in as a writer. */
  public void lockWrite() throws InterruptedException {
    // TODO
    throw todo();
  }

  /** Goes out as a writer. */
  public void unlockWrite() {
    // TODO
    throw todo();
  }

  /** Goes in as a writer if nobody is inside and nobody waits; never waits. */
  public boolean tryWrite() {
    // TODO
    throw todo();
  }
}
