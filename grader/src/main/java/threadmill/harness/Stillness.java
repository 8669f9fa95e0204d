package threadmill.harness;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import threadmill.measure.Proc;

/**
 * Watches whether anything in a scenario can still move.
 *
 * <p>A scenario is still when every one of its threads waits without a time limit and none of them
 * has used processor time, waited or blocked anew since the last look. On Linux the kernel must
 * agree that every thread born since {@link Crew#begin} sleeps, also one that an earlier scenario
 * has left: the JDK keeps those that notice the end of a process, or run what a future is followed
 * by. A thread in native code and a live child process can wake the others, so they keep a scenario
 * from being still; a timed wait makes it {@link #timed}. Not thread-safe: one watcher per wait, on
 * the thread that made it.
 */
final class Stillness {
  /** So much between two looks is rest; a watcher that was held up for longer has not watched. */
  private static final long MOST_BETWEEN_LOOKS = 50_000_000L;

  private final Crew crew;
  private final Set<String> unwatched = new HashSet<>(Kernel.firstTasks());
  private Map<Thread, Probe> threads = Map.of();
  private Map<Long, Optional<Kernel.Stat>> children = Map.of();
  private long lastLook = System.nanoTime();
  private long rest;
  private boolean timed;

  Stillness(Crew crew) {
    this.crew = crew;
    Proc.system().currentThread().ifPresent(watcher -> unwatched.add(Long.toString(watcher)));
  }

  /** Looks once, and answers for how many nanoseconds nothing has been able to move. */
  long look() {
    Map<Thread, Probe> now = new HashMap<>();
    boolean canMove = false;
    boolean nativeWaitsCount = crew.childrenAreTimeless();
    timed = false;
    for (Thread thread : crew.threads()) {
      Probe probe = Probe.of(thread);
      now.put(thread, probe.settled());
      boolean waits = probe.asleep() || probe.timed() || canWait(thread, probe, nativeWaitsCount);
      timed |= probe.timed();
      canMove |= !waits && probe.state() != Thread.State.TERMINATED;
    }
    boolean still = !canMove && now.equals(threads) && kernelAgrees() && childrenAreStill();
    threads = now;
    long time = System.nanoTime();
    rest = still ? rest + Math.min(time - lastLook, MOST_BETWEEN_LOOKS) : 0;
    lastLook = time;
    return rest;
  }

  /**
   * Whether a thread that the JVM calls runnable may wait all the same, if the kernel says so: in
   * native code, or for another thread to initialize a class.
   */
  private static boolean canWait(Thread thread, Probe probe, boolean inNativeCode) {
    if (probe.state() != Thread.State.RUNNABLE) {
      return false;
    }
    StackTraceElement[] stack = thread.getStackTrace();
    return inNativeCode || Kernel.available() && stack.length > 0 && !stack[0].isNativeMethod();
  }

  /** Whether a thread was in a timed wait at the last look: a clock may still wake it. */
  boolean timed() {
    return timed;
  }

  private boolean childrenAreStill() {
    Map<Long, Optional<Kernel.Stat>> now = new TreeMap<>();
    crew.children().forEach(pid -> now.put(pid, Kernel.process(pid)));
    boolean still =
        now.equals(children)
            && (now.isEmpty() || crew.childrenAreTimeless())
            && now.values().stream().allMatch(s -> s.map(Kernel.Stat::asleep).orElse(false));
    children = now;
    return still;
  }

  private boolean kernelAgrees() {
    return Kernel.tasks().stream()
        .filter(tid -> !unwatched.contains(tid))
        .allMatch(Kernel::isAsleep);
  }
}
