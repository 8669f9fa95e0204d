package threadmill.harness;

/**
 * A place in the middle of a call where its thread stops until it is told to go on; others are not
 * held up. Between any two steps of one call a whole story of other threads can happen, and each of
 * these points can be tried in turn, without any chance: {@link Crew#halt}.
 */
public final class Halt {
  private static final long SPUN_NANOS = 50_000_000L;

  private final Crew crew;
  private final int point;
  private volatile boolean reached;
  private boolean ended;

  Halt(Crew crew, int point) {
    this.crew = crew;
    this.point = point;
  }

  /** Makes a call on this thread, which stops on its way. */
  public void during(Action call) throws Throwable {
    Noise.follow(new Noise.Plan(point, this::stop));
    try {
      call.run();
    } finally {
      Noise.follow(null);
    }
  }

  /** On a monitor and not by park, which would use up a permit that the student's code is owed. */
  private synchronized void stop() {
    reached = true;
    boolean interrupted = false;
    while (!ended) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the call has stopped, waits for somebody, or is over without having come there. */
  public void untilReachedBy(Step<?> step) {
    crew.untilWaitingOr(step, () -> reached);
  }

  /** Waits until another call waits, is over, or spins for what the call that stopped will do. */
  public void untilCannotGoOn(Step<?> other) {
    crew.untilWaitingOr(other, () -> Probe.of(other.thread()).cpuNanos() > SPUN_NANOS);
  }

  /** Whether the call came to this point. */
  public boolean isReached() {
    return reached;
  }

  /** Lets it go on. */
  public synchronized void end() {
    ended = true;
    notifyAll();
  }
}
