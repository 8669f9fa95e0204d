package deadlock.transfer;

import threadmill.harness.Failure;
import threadmill.harness.WatchedLock;
import threadmill.model.Kind;

/** An account that notices when it is touched without its lock. */
final class WatchedAccount extends Account {
  private final WatchedLock lock;
  private Throwable onSet;
  private Throwable onGet;
  private Runnable onFirstSet = () -> {};

  WatchedAccount(int id, int balance, WatchedLock lock) {
    super(id, balance, lock);
    this.lock = lock;
  }

  WatchedLock watchedLock() {
    return lock;
  }

  /** The balance, for the test's own eyes. */
  int raw() {
    return super.get();
  }

  void failOnSet(Throwable failure) {
    onSet = failure;
  }

  void failOnGet(Throwable failure) {
    onGet = failure;
  }

  void onFirstSet(Runnable action) {
    onFirstSet = action;
  }

  @Override
  public int get() {
    requireLock("reads");
    failIf(onGet);
    return super.get();
  }

  @Override
  public void set(int newBalance) {
    requireLock("changes");
    failIf(onSet);
    Runnable action = onFirstSet;
    onFirstSet = () -> {};
    action.run();
    super.set(newBalance);
  }

  @Override
  public String toString() {
    return "account " + id();
  }

  /** As bad as a hash code may be. */
  @Override
  public int hashCode() {
    return 42;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  /** Throws this exception or error, if there is one. */
  private static void failIf(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  private void requireLock(String what) {
    if (!lock.isHeldByCurrentThread()) {
      throw Failure.here(Kind.SAFETY, "this " + what + " the balance without holding the account's lock");
    }
  }
}
