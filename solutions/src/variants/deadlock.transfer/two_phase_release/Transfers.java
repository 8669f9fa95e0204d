package deadlock.transfer;

import java.util.List;
import java.util.TreeMap;

/** Moves money in the descending order of ids and gives each lock back as soon as it may. */
public final class Transfers {
  public boolean transfer(Account from, Account to, int amount) {
    Account high = from.id() > to.id() ? from : to;
    Account low = high == from ? to : from;
    high.lock().lock();
    boolean highHeld = true;
    try {
      low.lock().lock();
      try {
        boolean covered = from.get() >= amount;
        if (covered && from != to) {
          high.set(high.get() + (high == to ? amount : -amount));
          // Nobody gets at the sum before the second lock is given back as well.
          high.lock().unlock();
          highHeld = false;
          low.set(low.get() + (low == to ? amount : -amount));
        }
        return covered;
      } finally {
        low.lock().unlock();
      }
    } finally {
      if (highHeld) {
        high.lock().unlock();
      }
    }
  }

  public int total(Account... accounts) {
    TreeMap<Integer, Account> byId = new TreeMap<>();
    for (Account account : accounts) {
      byId.put(account.id(), account);
    }
    List<Account> descending = List.copyOf(byId.descendingMap().values());
    descending.forEach(a -> a.lock().lock());
    int sum = 0;
    for (Account account : descending) {
      sum += account.get();
    }
    descending.forEach(a -> a.lock().unlock());
    return sum;
  }
}
