package threadmill.explore.sim;

import java.util.Optional;
import threadmill.model.Where;

/**
 * Where a thread was, as a traced run tells.
 *
 * @param where the innermost line of the program under test, or else of the scenario
 * @param call the library's or program's method that this line called, if the operation was not on
 *     the line itself
 * @param theirs whether the line is of the program under test
 */
record Seen(Optional<Where> where, String call, boolean theirs) {
  static final Seen NOTHING = new Seen(Optional.empty(), "", false);
}
