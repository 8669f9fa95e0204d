package threadmill.explore.sim;

/** What a simulated thread is about to do. */
public enum OpKind {
  BEGIN,
  READ,
  WRITE,
  /** Reads and writes at once: compare-and-set, get-and-add. */
  UPDATE,
  ENTER,
  EXIT,
  WAIT,
  /** Leaves a wait set without having been notified. */
  WAKE,
  NOTIFY,
  /** Tries to get something, and does not wait for it. */
  TRY,
  /** Waits for permits, or for the end of a count. */
  TAKE,
  PARK,
  UNPARK,
  SLEEP,
  START,
  JOIN,
  INTERRUPT,
  /** Looks at an interrupt status or a thread's state. */
  LOOK,
  YIELD,
  TIME,
  SECTION,
  MEET,
  UNTIL,
  FENCE,
  /** The scenario waits until nothing moves any more. */
  QUIESCENCE,
  END
}
