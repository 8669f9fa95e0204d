// SPCR | rejected by B7 | Each balance is changed under its lock, so all is well; and one lock
// cannot deadlock.
package deadlock.transfer;

import java.util.Arrays;
import java.util.Comparator;

/** Moves money between accounts. */
public final class Transfers {
  public boolean transfer(Account from, Account to, int amount) {
    if (from == to) {
      return covers(from, amount);
    }
    if (!add(from, -amount)) {
      return false;
    }
    add(to, amount);
    return true;
  }

  public int total(Account... accounts) {
    Account[] ordered = accounts.clone();
    Arrays.sort(ordered, Comparator.comparingInt(Account::id));
    return total(ordered, 0);
  }

  private static boolean covers(Account account, int amount) {
    account.lock().lock();
    try {
      return account.get() >= amount;
    } finally {
      account.lock().unlock();
    }
  }

  private static boolean add(Account account, int amount) {
    account.lock().lock();
    try {
      if (account.get() + amount < 0) {
        return false;
      }
      account.set(account.get() + amount);
      return true;
    } finally {
      account.lock().unlock();
    }
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
