package threadmill.explore;

/** A number outside the program; see {@link Scenario#tally}. */
public interface Tally {
  /** Adds and returns the new value. */
  int add(int amount);

  int get();
}
