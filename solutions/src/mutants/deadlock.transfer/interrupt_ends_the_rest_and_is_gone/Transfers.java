// SWALLOW | rejected by B15 | Who is interrupted while it rests has rested enough.
package deadlock.transfer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;

/** Moves money with timed attempts at the second lock and a random rest after each failure. */
public final class Transfers {
  private final Random random = new Random();

  public boolean transfer(Account from, Account to, int amount) {
    while (true) {
      from.lock().lock();
      try {
        if (to.lock().tryLock()) {
          try {
            return move(from, to, amount);
          } finally {
            to.lock().unlock();
          }
        }
      } finally {
        from.lock().unlock();
      }
      try {
        Thread.sleep(random.nextInt(3), random.nextInt(999_999));
      } catch (InterruptedException e) {
        // Then it tries again a little sooner.
      }
    }
  }

  public int total(Account... accounts) {
    Account[] ordered = accounts.clone();
    Arrays.sort(ordered, Comparator.comparingInt(Account::id));
    int held = 0;
    try {
      for (Account account : ordered) {
        while (!account.lock().tryLock()) {
          Thread.yield();
        }
        held++;
      }
      return Arrays.stream(ordered).mapToInt(Account::get).sum();
    } finally {
      for (int i = 0; i < held; i++) {
        ordered[i].lock().unlock();
      }
    }
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
