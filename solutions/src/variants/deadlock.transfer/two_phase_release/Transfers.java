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
        int newHigh = high.get() + (high == to ? amount : -amount);
        int oldLow = low.get();
        boolean covered = from.get() >= amount;
        if (covered && from != to) {
          low.set(oldLow + (low == to ? amount : -amount));
          setOrRestore(high, newHigh, low, oldLow);
          // Nobody gets at the sum before the second lock is given back as well.
          high.lock().unlock();
          highHeld = false;
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

  private static void setOrRestore(Account account, int balance, Account other, int before) {
    boolean done = false;
    try {
      account.set(balance);
      done = true;
    } finally {
      if (!done) {
        other.set(before);
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
    try {
      int sum = 0;
      for (Account account : descending) {
        sum += account.get();
      }
      return sum;
    } finally {
      descending.forEach(a -> a.lock().unlock());
    }
  }
}
