package threadmill.model;

import java.time.Duration;

/** Where the time of one verdict went. */
public record Durations(Duration compile, Duration start, Duration run) {
  public static final Durations NONE = new Durations(Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
