package threadmill.measure;

/** What a measurement says about an effect that must be there. */
public enum Ruling {
  /** It is there, and large enough. */
  HOLDS,
  /** It is not there. */
  FAILS,
  /** This machine cannot tell now: nobody's fault, and nothing to retry into a pass. */
  INCONCLUSIVE
}
