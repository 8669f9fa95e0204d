package labs.switchcost;

import static threadmill.Todo.todo;

import java.io.IOException;
import java.util.List;
import threadmill.Clock;

/** Tells what it costs to switch from one thread, or process, to another. */
public final class SwitchCost {
  private SwitchCost() {}

  /** The cost of one hand-off, in nanoseconds, without the work of the two sides. */
  public static double perSwitchNanos(PingPong game, int warmup, int rounds, Clock clock) {
    // TODO
    throw todo();
  }

  /** A game of two threads of this JVM: one does the ping, then the other one the pong. */
  public static PingPong threads(Runnable ping, Runnable pong) {
    // TODO
    throw todo();
  }

  /**
   * A game with another process, which has been started when this returns.
   *
   * @param command a program that answers each byte of its input at once with a byte, and ends with
   *     its input
   */
  public static PingPong processes(List<String> command) throws IOException {
    // TODO
    throw todo();
  }
}
