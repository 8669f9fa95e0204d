package deadlock.philosophers;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A fork, which one philosopher can hold at a time. Given: a grading run uses its own copy. */
public class Fork {
  private final int id;
  private final Lock lock;

  public Fork(int id) {
    this(id, new ReentrantLock(true));
  }

  /**
   * @param lock held by whoever holds the fork
   */
  public Fork(int id, Lock lock) {
    this.id = id;
    this.lock = lock;
  }

  /** Different for every fork of a table, in no order, and never changes. */
  public int id() {
    return id;
  }

  /** Takes the fork; waits while another holds it, first come, first served. */
  public void take() throws InterruptedException {
    lock.lockInterruptibly();
  }

  /** Takes the fork if it lies on the table, and says whether it did; never waits. */
  public boolean tryTake() {
    return lock.tryLock();
  }

  /** Puts the fork down again. */
  public void putDown() {
    lock.unlock();
  }

  @Override
  public String toString() {
    return "fork " + id;
  }
}
