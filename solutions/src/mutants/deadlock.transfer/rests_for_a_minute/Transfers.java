// MXT | rejected by X6 | The longer the rest, the less likely that they meet again.
package deadlock.transfer;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Moves money between accounts; who does not get all locks lets go of them and rests a while. */
public final class Transfers {
  private static final long LONGEST_REST_NANOS = 60_000_000_000L;

  public boolean transfer(Account from, Account to, int amount) {
    Account[] both = {from, to};
    lockAll(both);
    try {
      int left = from.get() - amount;
      if (left >= 0) {
        move(from, left, to, amount);
      }
      return left >= 0;
    } finally {
      unlock(both, both.length);
    }
  }

  private static void move(Account from, int left, Account to, int amount) {
    from.set(left);
    try {
      to.set(to.get() + amount);
    } catch (RuntimeException | Error e) {
      from.set(left + amount);
      throw e;
    }
  }

  public int total(Account... accounts) {
    lockAll(accounts);
    try {
      return Arrays.stream(accounts).mapToInt(Account::get).sum();
    } finally {
      unlock(accounts, accounts.length);
    }
  }

  private static void lockAll(Account[] accounts) {
    while (!tryAll(accounts)) {
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_REST_NANOS));
    }
  }

  private static boolean tryAll(Account[] accounts) {
    for (int i = 0; i < accounts.length; i++) {
      if (!accounts[i].lock().tryLock()) {
        unlock(accounts, i);
        return false;
      }
    }
    return true;
  }

  private static void unlock(Account[] accounts, int count) {
    for (int i = 0; i < count; i++) {
      accounts[i].lock().unlock();
    }
  }
}
