// SHCR | rejected by B8 | The check can be made beforehand, which keeps the locked part short.
package deadlock.transfer;

import java.util.Arrays;
import java.util.Comparator;

/** Moves money between accounts. */
public final class Transfers {
  public boolean transfer(Account from, Account to, int amount) {
    if (!covers(from, amount)) {
      return false;
    }
    Account first = from.id() < to.id() ? from : to;
    Account second = first == from ? to : from;
    first.lock().lock();
    try {
      second.lock().lock();
      try {
        from.set(from.get() - amount);
        to.set(to.get() + amount);
        return true;
      } finally {
        second.lock().unlock();
      }
    } finally {
      first.lock().unlock();
    }
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
