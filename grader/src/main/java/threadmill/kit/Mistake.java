package threadmill.kit;

/**
 * What is wrong about a mutant.
 *
 * @param operator the kind of mistake, as in {@code IF_WHILE}
 * @param rejectedBy the check that must reject it
 * @param base the right program that it is made from, as in {@code reference} or {@code
 *     variants/direct_hand_off}; for one that is kept whole, the one whose other files it takes
 * @param story what its author believed
 */
public record Mistake(String operator, String rejectedBy, String base, String story) {
  /** The base of most. */
  public static final String REFERENCE = "reference";
}
