// BOUNDED_RETRY | rejected by X6 | Who was refused fifty times will never get it.
package deadlock.transfer;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Moves money between accounts; who does not get all locks lets go of them and rests a while. */
public final class Transfers {
  private static final int LONGEST_REST_NANOS = 300_000;

  public boolean transfer(Account from, Account to, int amount) {
    Account[] both = {from, to};
    int attempts = 0;
    while (!tryAll(both)) {
      attempts++;
      if (attempts == 50) {
        return false;
      }
      rest();
    }
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
      rest();
    }
  }

  private static void rest() {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(LONGEST_REST_NANOS));
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
