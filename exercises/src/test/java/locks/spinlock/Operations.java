package locks.spinlock;

import java.util.concurrent.atomic.LongAdder;

/** How many atomic swaps and pauses {@link CountedLock}s have made; public for their code. */
public final class Operations {
  private static final LongAdder SWAPS = new LongAdder();
  private static final LongAdder PAUSES = new LongAdder();

  private Operations() {}

  /** Called before each atomic swap. */
  public static void swap() {
    SWAPS.increment();
  }

  /** Called before each {@code Thread.onSpinWait()}. */
  public static void pause() {
    PAUSES.increment();
  }

  static long swaps() {
    return SWAPS.sum();
  }

  static long pauses() {
    return PAUSES.sum();
  }
}
