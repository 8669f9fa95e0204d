package locks.spinlock;

import static threadmill.Todo.todo;

/** A lock for one thread at a time, for which the others wait awake. */
public final class SpinLock {
  public SpinLock() {
    // TODO
    throw todo();
  }

  /**
   * Takes the lock; spins while another thread holds it.
   *
   * @throws IllegalMonitorStateException if the calling thread holds it
   */
  public void lock() {
    // TODO
    throw todo();
  }

  /** Takes the lock if it is free now; never spins. */
  public boolean tryLock() {
    // TODO
    throw todo();
  }

  /**
   * Frees the lock.
   *
   * @throws IllegalMonitorStateException if the calling thread does not hold it
   */
  public void unlock() {
    // TODO
    throw todo();
  }
}
