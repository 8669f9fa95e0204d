package threadmill.model;

/** How one check ended. */
public enum Outcome {
  PASSED,
  NOT_STARTED,
  FAILED,
  INCONCLUSIVE
}
