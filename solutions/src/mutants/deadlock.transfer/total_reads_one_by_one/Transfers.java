// SPCR | rejected by B10 | Each balance is read under its lock, so the sum is right.
package deadlock.transfer;

/** Moves money between accounts. */
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
    int sum = 0;
    for (Account account : accounts) {
      account.lock().lock();
      try {
        sum += account.get();
      } finally {
        account.lock().unlock();
      }
    }
    return sum;
  }

  private static boolean move(Account from, Account to, int amount) {
    if (from.get() < amount) {
      return false;
    }
    from.set(from.get() - amount);
    to.set(to.get() + amount);
    return true;
  }
}
