package bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * The programs and whether they are right. Those that jcstress is not asked about can hang when
 * they are wrong, or need time to pass, which its actors cannot express.
 *
 * @param name as {@link bench.programs.Programs} knows it
 * @param right whether it is
 * @param jcstress whether {@link bench.peer.JcStress} has it
 */
record Entry(String name, boolean right, boolean jcstress) {
  static final List<Entry> ALL =
      List.of(
          right("lock-cas-spin"),
          right("lock-ttas"),
          right("lock-ticket"),
          wrong("lock-ticket-plain", false),
          wrong("lock-ticket-torn"),
          right("lock-clh"),
          right("lock-mcs"),
          wrong("lock-mcs-forgetful", false),
          right("lock-park-queue"),
          wrong("lock-park-lost-wake-up", false),
          right("lock-monitor"),
          wrong("lock-monitor-if", false),
          wrong("lock-monitor-silent", false),
          wrong("lock-flag-volatile"),
          wrong("lock-flag-plain"),
          right("lock-owned"),
          wrong("lock-not-owned"),
          right("lock-reentrant"),
          wrong("lock-reentrant-early"),
          right("lock-peterson"),
          wrong("lock-peterson-swapped"),
          right("lock-jdk-reentrant"),
          right("deadlock-ordered"),
          wrong("deadlock-crossed", false),
          wrong("deadlock-crossed-jdk", false),
          wrong("deadlock-philosophers", false),
          right("semaphore-while"),
          wrong("semaphore-if", false),
          right("semaphore-bulk-notify-all"),
          wrong("semaphore-bulk-notify", false),
          right("semaphore-try-cas"),
          wrong("semaphore-try-check-then-act"),
          right("semaphore-jdk"),
          right("semaphore-jdk-timed", false),
          right("semaphore-timed", false),
          wrong("semaphore-timed-if", false),
          right("gate-park"),
          wrong("gate-park-lost-wake-up", false),
          right("latch-jdk"),
          right("barrier-jdk"),
          right("buffer-monitor", false),
          wrong("buffer-if", false),
          wrong("buffer-notify", false),
          right("buffer-condition"),
          wrong("buffer-unlocked-look", false),
          right("buffer-jdk"),
          wrong("queue-look-then-remove"),
          right("map-absent"),
          wrong("map-check-then-act"),
          right("stack-treiber"),
          wrong("stack-treiber-once"),
          wrong("counter-plain"),
          wrong("counter-volatile"),
          right("counter-synchronized"),
          right("counter-atomic"),
          wrong("counter-get-then-set"),
          wrong("stop-plain"),
          right("stop-volatile"),
          wrong("double-checked-plain"),
          right("double-checked-volatile"),
          wrong("double-checked-once"),
          wrong("message-plain"),
          right("message-volatile"),
          wrong("store-buffer-plain"),
          right("store-buffer-volatile"));

  private static Entry right(String name) {
    return new Entry(name, true, true);
  }

  private static Entry wrong(String name) {
    return new Entry(name, false, true);
  }

  private static Entry right(String name, boolean jcstress) {
    return new Entry(name, true, jcstress);
  }

  private static Entry wrong(String name, boolean jcstress) {
    return new Entry(name, false, jcstress);
  }

  /** The name of its class in {@link bench.peer.JcStress}. */
  String className() {
    StringBuilder result = new StringBuilder();
    Stream.of(name.split("-"))
        .forEach(p -> result.append(Character.toUpperCase(p.charAt(0))).append(p.substring(1)));
    return result.toString();
  }
}
