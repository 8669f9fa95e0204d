// RFU | rejected by B2 | Setting a balance cannot fail.
package deadlock.transfer;

import java.util.Arrays;
import java.util.Comparator;

/** Moves money between accounts. */
public final class Transfers {
  public boolean transfer(Account from, Account to, int amount) {
    Account first = from.id() < to.id() ? from : to;
    Account second = first == from ? to : from;
    first.lock().lock();
    second.lock().lock();
    boolean moved = move(from, to, amount);
    second.lock().unlock();
    first.lock().unlock();
    return moved;
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
