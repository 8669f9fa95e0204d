// RFU | rejected by B2 | What can fail is changing a balance, so that stands in the try.
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
      int before = from.get();
      int other = to.get();
      try {
        return from == to ? before >= amount : move(from, before, to, other, amount);
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

  private static boolean move(Account from, int before, Account to, int other, int amount) {
    if (before < amount) {
      return false;
    }
    from.set(before - amount);
    boolean arrived = false;
    try {
      to.set(other + amount);
      arrived = true;
    } finally {
      if (!arrived) {
        from.set(before);
      }
    }
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
