// LEAK | rejected by B12 | One loop locks, one adds and unlocks: all are given back when all were
// read.
package deadlock.transfer;

import java.util.Arrays;
import java.util.Comparator;

/** Moves money between accounts; all threads take the locks in the order of the account ids. */
public final class Transfers {
  public boolean transfer(Account from, Account to, int amount) {
    Account first = from.id() < to.id() ? from : to;
    Account second = first == from ? to : from;
    first.lock().lock();
    try {
      second.lock().lock();
      try {
        return move(from, to, amount);
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
    for (Account account : ordered) {
      account.lock().lock();
    }
    int sum = Arrays.stream(ordered).mapToInt(Account::get).sum();
    for (Account account : ordered) {
      account.lock().unlock();
    }
    return sum;
  }

  private static boolean move(Account from, Account to, int amount) {
    int before = from.get();
    if (before < amount) {
      return false;
    }
    from.set(before - amount);
    boolean arrived = false;
    try {
      to.set(to.get() + amount);
      arrived = true;
    } finally {
      if (!arrived) {
        from.set(before);
      }
    }
    return true;
  }
}
