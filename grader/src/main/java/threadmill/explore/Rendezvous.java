package threadmill.explore;

/** A meeting of threads; see {@link Scenario#rendezvous}. */
public interface Rendezvous {
  /** Waits, quietly, until everybody is here. */
  void meet();
}
