package programs;

import java.util.List;
import threadmill.explore.Outcomes;
import threadmill.explore.Scenario;

/** Runs small random programs: a list of operations for each thread. */
public class Machine {
  /** One operation; {@code x} is a place or a monitor, 0 or 1. */
  public enum Op {
    WRITE_0,
    WRITE_1,
    READ_0,
    READ_1,
    ADD_0,
    ADD_1,
    CAS_0,
    CAS_1,
    ENTER_0,
    ENTER_1,
    EXIT_0,
    EXIT_1,
    WAIT_0,
    NOTIFY_0,
    NOTIFY_ALL_0,
    PLAIN_0,
    PARK,
    UNPARK,
    YIELD,
    SLEEP_1,
    SLEEP_2,
    TIME,
    WAIT_1_MS,
    PARK_1_MS,
    PARK_2_MS,
    INTERRUPT,
    INTERRUPTED,
    UNTIL_WAITING,
    READ_OPAQUE,
    WRITE_OPAQUE,
    WEAK_CAS_0
  }

  private volatile int v0;
  private volatile int v1;
  private int plain;
  private int opaque;
  private Scenario scenario;
  private static final java.lang.invoke.VarHandle V0;
  private static final java.lang.invoke.VarHandle V1;
  private static final java.lang.invoke.VarHandle OPAQUE;

  static {
    try {
      V0 = java.lang.invoke.MethodHandles.lookup().findVarHandle(Machine.class, "v0", int.class);
      V1 = java.lang.invoke.MethodHandles.lookup().findVarHandle(Machine.class, "v1", int.class);
      OPAQUE =
          java.lang.invoke.MethodHandles.lookup().findVarHandle(Machine.class, "opaque", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  void run(Scenario s, List<List<Op>> programs) {
    s.noSpuriousWakeUps();
    strangely(s, programs);
  }

  void exactly(Scenario s, List<List<Op>> programs) {
    s.exactTime();
    strangely(s, programs);
  }

  void strangely(Scenario s, List<List<Op>> programs) {
    scenario = s;
    Object[] monitors = {new Object(), new Object()};
    StringBuilder[] logs = new StringBuilder[programs.size()];
    Thread[] threads = new Thread[programs.size()];
    for (int i = 0; i < programs.size(); i++) {
      int me = i;
      logs[i] = new StringBuilder();
      List<Op> program = programs.get(i);
      s.thread(
          "T" + i,
          () -> {
            threads[me] = Thread.currentThread();
            perform(program, 0, monitors, logs[me], me, threads);
          });
      s.mayWait("T" + i);
    }
    s.atEnd(
        "x",
        () -> {
          StringBuilder all = new StringBuilder(v0 + "," + v1 + "," + plain);
          for (StringBuilder log : logs) {
            all.append(" ").append(log);
          }
          Outcomes.add(all.toString());
          return true;
        });
  }

  private int perform(
      List<Op> program, int from, Object[] monitors, StringBuilder log, int me, Thread[] threads) {
    int at = from;
    while (at < program.size()) {
      Op op = program.get(at++);
      switch (op) {
        case WRITE_0 -> v0 = me + 1;
        case WRITE_1 -> v1 = me + 1;
        case READ_0 -> log.append(v0);
        case READ_1 -> log.append(v1);
        case ADD_0 -> v0 = v0 + 10;
        case ADD_1 -> v1 = v1 + 10;
        case CAS_0 -> log.append(V0.compareAndSet(this, 0, me + 5) ? 't' : 'f');
        case CAS_1 -> log.append(V1.compareAndSet(this, 0, me + 5) ? 't' : 'f');
        case ENTER_0 -> {
          synchronized (monitors[0]) {
            at = perform(program, at, monitors, log, me, threads);
          }
        }
        case ENTER_1 -> {
          synchronized (monitors[1]) {
            at = perform(program, at, monitors, log, me, threads);
          }
        }
        case EXIT_0, EXIT_1 -> {
          if (from > 0) {
            return at;
          }
        }
        case WAIT_0 -> {
          if (Thread.holdsLock(monitors[0])) {
            log.append(wakes(() -> monitors[0].wait()));
          }
        }
        case NOTIFY_0 -> {
          if (Thread.holdsLock(monitors[0])) {
            monitors[0].notify();
          }
        }
        case NOTIFY_ALL_0 -> {
          if (Thread.holdsLock(monitors[0])) {
            monitors[0].notifyAll();
          }
        }
        case PLAIN_0 -> {
          if (Thread.holdsLock(monitors[0])) {
            plain = plain * 2 + me + 1;
          }
        }
        case PARK -> {
          java.util.concurrent.locks.LockSupport.park();
          log.append('p');
        }
        case UNPARK -> {
          Thread other = threads[(me + 1) % threads.length];
          java.util.concurrent.locks.LockSupport.unpark(other);
        }
        case YIELD -> Thread.yield();
        case SLEEP_1 -> log.append(wakes(() -> Thread.sleep(1)));
        case SLEEP_2 -> log.append(wakes(() -> Thread.sleep(2)));
        case TIME -> log.append('@').append(scenario.millis());
        case WAIT_1_MS -> {
          if (Thread.holdsLock(monitors[0])) {
            log.append(wakes(() -> monitors[0].wait(1)));
          }
        }
        case PARK_1_MS -> {
          java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
          log.append('p');
        }
        case PARK_2_MS -> {
          java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
          log.append('p');
        }
        case INTERRUPT -> scenario.interrupt("T" + (me + 1) % threads.length);
        case INTERRUPTED -> log.append(Thread.interrupted() ? 'I' : 'n');
        case UNTIL_WAITING -> {
          if (me + 1 < threads.length) {
            scenario.untilWaiting("T" + (me + 1));
            log.append('u');
          }
        }
        case READ_OPAQUE -> log.append((int) OPAQUE.getOpaque(this));
        case WRITE_OPAQUE -> OPAQUE.setOpaque(this, me + 1);
        case WEAK_CAS_0 -> log.append(V0.weakCompareAndSet(this, 0, me + 7) ? 't' : 'f');
        default -> throw new IllegalStateException();
      }
    }
    return at;
  }

  private interface Wait {
    void run() throws InterruptedException;
  }

  private static char wakes(Wait wait) {
    try {
      wait.run();
      return 'w';
    } catch (InterruptedException e) {
      return 'i';
    }
  }
}
