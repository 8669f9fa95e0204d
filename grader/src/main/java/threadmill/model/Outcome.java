package threadmill.model;

/** How one check ended. */
public enum Outcome {
  PASSED,
  NOT_STARTED,
  FAILED,
  /** Could not be asked, because the exercise does not compile or lacks a method. */
  NOT_RUN,
  INCONCLUSIVE
}
