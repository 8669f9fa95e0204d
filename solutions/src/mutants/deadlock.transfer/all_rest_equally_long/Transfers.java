// BACKOFF_CONST | rejected by X1 | Who lets go and sleeps for a millisecond lets the other one go
// first.
package deadlock.transfer;

import java.util.Arrays;
import java.util.Comparator;

/** Moves money between accounts. */
public final class Transfers {
  public boolean transfer(Account from, Account to, int amount) {
    while (true) {
      from.lock().lock();
      try {
        if (to.lock().tryLock()) {
          try {
            return move(from, to, amount);
          } finally {
            to.lock().unlock();
          }
        }
      } finally {
        from.lock().unlock();
      }
      rest();
    }
  }

  public int total(Account... accounts) {
    Account[] ordered = accounts.clone();
    Arrays.sort(ordered, Comparator.comparingInt(Account::id));
    return total(ordered, 0);
  }

  private static void rest() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean move(Account from, Account to, int amount) {
    if (from.get() < amount) {
      return false;
    }
    from.set(from.get() - amount);
    to.set(to.get() + amount);
    return true;
  }

  /** Sums from an index on, holding all the locks before it. */
  private static int total(Account[] ordered, int index) {
    if (index == ordered.length) {
      return Arrays.stream(ordered).mapToInt(Account::get).sum();
    }
    ordered[index].lock().lock();
    try {
      return total(ordered, index + 1);
    } finally {
      ordered[index].lock().unlock();
    }
  }
}
