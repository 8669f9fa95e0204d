package threadmill.explore;

/** Who passes whom; see {@link Scenario#turnstile}. */
public interface Turnstile {
  /** The calling thread is about to ask for entry. */
  void wants();

  /** The same for a thread that may itself be overtaken, as often as it likes. */
  void comes();

  /** The calling thread got in. */
  void enters();
}
