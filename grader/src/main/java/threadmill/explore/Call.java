package threadmill.explore;

import java.util.Optional;
import java.util.function.Function;
import threadmill.model.Where;

/** One call of a history, and how it ended. */
final class Call<M> {
  /** A call with a limit above that, about an hour, may wait for ever. */
  private static final long ENDLESS_MILLIS = 1L << 22;

  /** For a program that counts in milliseconds a limit may be over so much earlier. */
  private static final long CLOCK_MILLIS = 1;

  /** A result, or the name of what was thrown, whose class may be loaded twice. */
  record End(Object result, boolean thrown) {
    private static final End FAILED = new End(false, false);
    private static final End INTERRUPTED = of(new InterruptedException());

    static End of(Throwable e) {
      return new End(e.getClass().getName(), true);
    }
  }

  /**
   * How it may end, apart from its specification.
   *
   * @param observes whether it never has an effect
   * @param interruptible whether an interrupt may end it
   * @param limit in milliseconds
   * @param otherwise its result when the time is over; nothing without a limit
   */
  record Manner(boolean observes, boolean interruptible, long limit, Optional<End> otherwise) {
    static final Manner PLAIN = new Manner(false, false, Long.MAX_VALUE, Optional.empty());
    static final Manner OBSERVES = new Manner(true, false, Long.MAX_VALUE, Optional.empty());
    static final Manner INTERRUPTIBLE = new Manner(false, true, Long.MAX_VALUE, Optional.empty());

    static Manner timed(long limit, Object otherwise) {
      return new Manner(false, true, limit, Optional.of(new End(otherwise, false)));
    }
  }

  final String thread;
  final String name;
  private final Manner manner;
  private final Function<M, ?> specification;
  private final long calledMillis;
  private long returnedMillis;
  private End end;

  /** When it began and when it ended, counted in such events of one history. */
  int called;

  int returned = Integer.MAX_VALUE;

  /** Where in the program under test it ended, if that is known. */
  Optional<Where> place = Optional.empty();

  Call(String thread, String name, Manner manner, Function<M, ?> specification, long millis) {
    this.thread = thread;
    this.name = name;
    this.manner = manner;
    this.specification = specification;
    this.calledMillis = millis;
  }

  void ended(End how, int event, long millis) {
    end = how;
    returned = event;
    returnedMillis = millis;
  }

  Optional<End> end() {
    return Optional.ofNullable(end);
  }

  /** What it gives and does on the model, or nothing if it would wait. */
  Optional<End> on(M state) {
    try {
      return Optional.of(new End(specification.apply(state), false));
    } catch (History.MustWait e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(End.of(e));
    }
  }

  boolean isPending() {
    return end == null;
  }

  boolean isInterrupted() {
    return manner.interruptible && End.INTERRUPTED.equals(end);
  }

  /** Whether its time may have been over, to judge by its result. */
  boolean isGivenUp() {
    return manner.otherwise.isPresent() && manner.otherwise.get().equals(end);
  }

  boolean threw() {
    return end != null && end.thrown;
  }

  boolean isEarly() {
    return returnedMillis - calledMillis < manner.limit - CLOCK_MILLIS;
  }

  /** An attempt that has failed has none. */
  boolean hasEffect() {
    return !isPending()
        && !isInterrupted()
        && !isGivenUp()
        && !manner.observes
        && !End.FAILED.equals(end);
  }

  boolean mayWaitForEver(boolean interrupted) {
    return manner.limit > ENDLESS_MILLIS && !(manner.interruptible && interrupted);
  }
}
