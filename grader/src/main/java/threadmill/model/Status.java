package threadmill.model;

/** The state of one exercise in one submission. */
public enum Status {
  /** Every check passed. */
  PASSED("passed"),
  /** At least one check has a finding against the student. */
  REJECTED("rejected"),
  /** Some checks passed, the rest still meet a stub. */
  IN_PROGRESS("in progress"),
  /** Only stubs. */
  NOT_STARTED("not started"),
  /** The sources do not compile, or could not be taken in. */
  NOT_COMPILED("does not compile"),
  /** Our fault or the machine's; asks for a re-run or a person. */
  INCONCLUSIVE("inconclusive");

  private final String words;

  Status(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
