package deadlock.transfer;

import threadmill.harness.Failure;
import threadmill.harness.WatchedLock;
import threadmill.model.Kind;

/** An account that notices when it is touched without its lock. */
final class WatchedAccount extends Account {
  private final WatchedLock lock;
  private boolean failing;
  private boolean unreadable;
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

  void failOnSet() {
    failing = true;
  }

  void failOnGet() {
    unreadable = true;
  }

  void onFirstSet(Runnable action) {
    onFirstSet = action;
  }

  @Override
  public int get() {
    requireLock("reads");
    if (unreadable) {
      throw new AccountClosed();
    }
    return super.get();
  }

  @Override
  public void set(int newBalance) {
    requireLock("changes");
    if (failing) {
      throw new AccountClosed();
    }
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

  private void requireLock(String what) {
    if (!lock.isHeldByCurrentThread()) {
      throw Failure.here(Kind.SAFETY, "this " + what + " the balance without holding the account's lock");
    }
  }
}
