// SPCR | rejected by B11 | First give the locks back, then see what went wrong.
package deadlock.transfer;

import java.util.Arrays;
import java.util.Comparator;

/** Moves money between accounts; all threads take the locks in the order of the account ids. */
public final class Transfers {
  public boolean transfer(Account from, Account to, int amount) {
    boolean[] taken = new boolean[1];
    try {
      return withLocks(from, to, amount, taken);
    } catch (RuntimeException e) {
      if (taken[0]) {
        from.lock().lock();
        try {
          from.set(from.get() + amount);
        } finally {
          from.lock().unlock();
        }
      }
      throw e;
    }
  }

  private static boolean withLocks(Account from, Account to, int amount, boolean[] taken) {
    Account first = from.id() < to.id() ? from : to;
    Account second = first == from ? to : from;
    first.lock().lock();
    try {
      second.lock().lock();
      try {
        return move(from, to, amount, taken);
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

  private static boolean move(Account from, Account to, int amount, boolean[] taken) {
    int before = from.get();
    if (before < amount) {
      return false;
    }
    from.set(before - amount);
    taken[0] = true;
    to.set(to.get() + amount);
    taken[0] = false;
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
