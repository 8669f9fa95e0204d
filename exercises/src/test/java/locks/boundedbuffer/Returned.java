package locks.boundedbuffer;

import java.util.List;
import java.util.Objects;
import threadmill.harness.Failure;
import threadmill.harness.Step;
import threadmill.harness.Students;
import threadmill.model.Kind;

/** Compares what a call returned with what it should have. */
final class Returned {
  private Returned() {}

  /** The reason completes "should have returned … because …". */
  static <T> void by(Step<T> step, T wanted, String because) {
    T got = step.finishes(because);
    if (!Objects.equals(wanted, got)) {
      String sentence =
          step.call()
              + " returned "
              + got
              + "; it should have returned "
              + wanted
              + " because "
              + because;
      throw Failure.of(Kind.CONTRACT, sentence, Students.lineOf(step.call()), List.of());
    }
  }
}
