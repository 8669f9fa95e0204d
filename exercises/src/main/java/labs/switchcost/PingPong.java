package labs.switchcost;

/** Two sides that hand a ball to each other. Used by one thread, which is the first side. */
public interface PingPong extends AutoCloseable {
  /** There and back: two hand-offs. */
  void roundTrip();

  /** What the two sides do themselves in a round trip, without any hand-off. */
  void work();

  /** Sends the other side home; it has ended when this returns. */
  @Override
  void close();
}
