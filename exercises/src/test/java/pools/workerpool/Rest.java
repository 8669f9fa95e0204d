package pools.workerpool;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;
import threadmill.harness.Crew;
import threadmill.model.Kind;

/**
 * Watches threads that have nothing to do. Rest is 60 ms of waiting without a time limit and
 * without any processor time; unrest is 60 ms of processor time, or a second in timed waits.
 */
final class Rest {
  private static final long MS = 1_000_000L;
  private static final long CALM = 60 * MS;
  private static final long BURNT = 60 * MS;
  private static final long POLLED = 1_000 * MS;
  private static final long LIMIT = 30_000 * MS;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Crew crew;
  private final Thread thread;
  private final long begin = System.nanoTime();
  private final long cpuAtBegin;
  private int samples;
  private int timed;

  private Rest(Crew crew, Thread thread) {
    this.crew = crew;
    this.thread = thread;
    this.cpuAtBegin = cpu(thread);
  }

  /** The thread must come to wait, and wait quietly. */
  static void comesTo(Crew crew, Thread thread) {
    new Rest(crew, thread).watch();
  }

  /** Waits until the thread waits for something or has ended. */
  static void settle(Thread thread) {
    for (int calm = 0; calm < 5; LockSupport.parkNanos(MS)) {
      Thread.State state = thread.getState();
      calm = state == Thread.State.RUNNABLE || state == Thread.State.NEW ? 0 : calm + 1;
    }
  }

  private void watch() {
    long calmSince = begin;
    long cpuBefore = cpuAtBegin;
    for (long now = begin; now - calmSince < CALM || samples < 5; now = System.nanoTime()) {
      LockSupport.parkNanos(2 * MS);
      Thread.State state = thread.getState();
      long cpu = cpu(thread);
      samples++;
      timed += state == Thread.State.TIMED_WAITING ? 1 : 0;
      boolean moves = state == Thread.State.RUNNABLE || state == Thread.State.TIMED_WAITING;
      if (moves || cpu != cpuBefore) {
        calmSince = System.nanoTime();
      }
      cpuBefore = cpu;
      judge(cpu - cpuAtBegin, System.nanoTime() - begin);
    }
  }

  private void judge(long cpu, long time) {
    String who = "an idle worker ";
    if (cpu > BURNT) {
      String sentence = "burns the processor: it runs in a loop although there is no task";
      throw crew.failure(Kind.BUSY, who + sentence);
    }
    if (time > POLLED && timed >= samples * 4 / 5) {
      String sentence = "polls: it wakes up again and again although there is no task";
      throw crew.failure(Kind.BUSY, who + sentence);
    }
    if (time > LIMIT) {
      String sentence = "the machine was too busy to tell whether a worker rests";
      throw crew.failure(Kind.INCONCLUSIVE, sentence);
    }
  }

  @SuppressWarnings("deprecation")
  private static long cpu(Thread thread) {
    return Math.max(0, THREADS.getThreadCpuTime(thread.getId()));
  }
}
