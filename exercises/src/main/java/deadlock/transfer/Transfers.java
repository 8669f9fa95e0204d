package deadlock.transfer;

import static threadmill.Todo.todo;

/** Moves money between accounts that many threads use. */
public final class Transfers {
  /**
   * Moves an amount, 0 or more, if the balance covers it.
   *
   * @return whether it did
   */
  public boolean transfer(Account from, Account to, int amount) {
    // TODO
    throw todo();
  }

  /** The sum of all balances at one instant. The accounts are distinct. */
  public int total(Account... accounts) {
    // TODO
    throw todo();
  }
}
