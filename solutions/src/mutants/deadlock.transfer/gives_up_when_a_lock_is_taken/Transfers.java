// GIVE_UP | rejected by B4 | If the other account is busy, the transfer fails; the caller may try
// again.
package deadlock.transfer;

import java.util.Arrays;
import java.util.Comparator;

/** Moves money between accounts. */
public final class Transfers {
  public boolean transfer(Account from, Account to, int amount) {
    from.lock().lock();
    try {
      if (!to.lock().tryLock()) {
        return false;
      }
      try {
        return move(from, to, amount);
      } finally {
        to.lock().unlock();
      }
    } finally {
      from.lock().unlock();
    }
  }

  public int total(Account... accounts) {
    Account[] ordered = accounts.clone();
    Arrays.sort(ordered, Comparator.comparingInt(Account::id));
    return total(ordered, 0);
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
