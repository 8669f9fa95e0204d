package threadmill.explore;

/** Who passes whom; see {@link Scenario#turnstile}. */
public interface Turnstile {
  /** The calling thread is about to ask for entry. */
  void wants();

  /** The calling thread got in. */
  void enters();
}
