package threadmill.explore.sim;

/** One executed operation of a run. */
public final class Event {
  final int index;
  final int thread;
  final OpKind kind;
  final Location first;
  final Location second;
  boolean writesFirst;
  boolean writesSecond;

  /** How many events of its thread there are up to this one. */
  final int number;

  /** Trace order: of each thread, the number of its last event that this one depends on. */
  int[] order;

  /** Indices of earlier events that could have come after this one: reversible races. */
  int[] races = NONE;

  /** What all threads have in common that its thread looked at, and changed, until its next one. */
  long sees;

  long changes;

  private static final int[] NONE = {};

  Event(
      int index,
      int thread,
      OpKind kind,
      int number,
      Location first,
      boolean writesFirst,
      Location second,
      boolean writesSecond) {
    this.index = index;
    this.thread = thread;
    this.kind = kind;
    this.number = number;
    this.first = first;
    this.writesFirst = writesFirst;
    this.second = second;
    this.writesSecond = writesSecond;
  }

  public int index() {
    return index;
  }

  public int thread() {
    return thread;
  }

  public int number() {
    return number;
  }

  public int[] races() {
    return races;
  }

  public long sees() {
    return sees;
  }

  public long changes() {
    return changes;
  }

  /**
   * Whether what all have in common forbids that it changes places with an operation that does
   * this.
   */
  public boolean isApartFrom(long seen, long changed) {
    return (changes & (seen | changed)) == 0 && (sees & changed) == 0;
  }

  /** Whether an event of a thread comes before this one in every order that means the same. */
  public boolean isAfter(int otherThread, int otherNumber) {
    return Clock.at(order, otherThread) >= otherNumber;
  }
}
