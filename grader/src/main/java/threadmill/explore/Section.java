package threadmill.explore;

/** A critical section of a {@link Scenario}; see {@link Scenario#section(String)}. */
public interface Section {
  /** The calling thread enters, alone. */
  void enter();

  /** The calling thread enters; others that share may be inside. */
  void enterShared();

  /** The calling thread leaves. */
  void leave();
}
