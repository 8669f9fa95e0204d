package locks.mutex;

import static threadmill.Todo.todo;

import java.util.concurrent.locks.AbstractOwnableSynchronizer;

/** A lock for one thread at a time: fair, re-entrant, and quiet for those who wait. */
public final class Mutex extends AbstractOwnableSynchronizer {
  private static final long serialVersionUID = 1L;

  public Mutex() {
    // TODO
    throw todo();
  }

  /** Takes the mutex; waits while another thread holds it. */
  public void lock() {
    // TODO
    throw todo();
  }

  /** Takes the mutex; waits while another thread holds it, or until an interrupt. */
  public void lockInterruptibly() throws InterruptedException {
    // TODO
    throw todo();
  }

  /** Takes the mutex if no other thread holds it now; never waits. */
  public boolean tryLock() {
    // TODO
    throw todo();
  }

  /** Takes the mutex if it can within this time, in milliseconds, all waiting included. */
  public boolean tryLock(long millis) throws InterruptedException {
    // TODO
    throw todo();
  }

  /**
   * Gives the mutex back.
   *
   * @throws IllegalMonitorStateException if the calling thread does not hold it
   */
  public void unlock() {
    // TODO
    throw todo();
  }

  /** Whether the calling thread holds it. */
  public boolean isHeldByCurrentThread() {
    // TODO
    throw todo();
  }

  /** How often the calling thread has locked and not yet unlocked it. */
  public int holdCount() {
    // TODO
    throw todo();
  }

  /** How many threads wait for it now. */
  public int queueLength() {
    // TODO
    throw todo();
  }
}
