package threadmill.explore.sim;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** The clock of a run, in some zone. */
final class SimClock extends Clock {
  private final ZoneId zone;

  SimClock(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new SimClock(other);
  }

  @Override
  public Instant instant() {
    return Hooks.now();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SimClock clock && clock.zone.equals(zone);
  }

  @Override
  public int hashCode() {
    return zone.hashCode();
  }
}
