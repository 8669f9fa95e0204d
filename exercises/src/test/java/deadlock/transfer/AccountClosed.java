package deadlock.transfer;

/** Thrown by an account that cannot take a new balance. */
final class AccountClosed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AccountClosed() {
    super("this account is closed");
  }
}
