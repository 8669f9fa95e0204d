package deadlock.transfer;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Money with a lock. Given: a grading run uses its own copy.
 *
 * <p>The balance may be read and changed only by a thread that holds {@link #lock}.
 */
public class Account {
  private final int id;
  private final Lock lock;
  private int balance;

  public Account(int id, int balance) {
    this(id, balance, new ReentrantLock());
  }

  /**
   * @param lock a re-entrant lock
   */
  public Account(int id, int balance, Lock lock) {
    this.id = id;
    this.balance = balance;
    this.lock = lock;
  }

  /** Different for every account, and never changes. */
  public int id() {
    return id;
  }

  /** Guards the balance. */
  public Lock lock() {
    return lock;
  }

  public int get() {
    return balance;
  }

  public void set(int newBalance) {
    balance = newBalance;
  }
}
