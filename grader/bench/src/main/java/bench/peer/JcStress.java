package bench.peer;

import bench.programs.Program;
import bench.programs.Programs;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The programs for jcstress, one class each: its annotation processor wants them so. */
public final class JcStress {
  private JcStress() {}

  /** Runs a program's threads as actors. */
  public abstract static class Actors {
    private final Program program;
    private volatile boolean failed;

    Actors(String name) {
      program = Programs.create(name);
    }

    void run(int thread) {
      try {
        program.run(thread);
      } catch (Exception e) {
        failed = true;
      }
    }

    int right() {
      return !failed && program.right() ? 1 : 0;
    }
  }

  /** lock-cas-spin */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockCasSpin extends Actors {
    public LockCasSpin() {
      super("lock-cas-spin");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-ttas */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockTtas extends Actors {
    public LockTtas() {
      super("lock-ttas");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Actor
    public void third() {
      run(2);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-ticket */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockTicket extends Actors {
    public LockTicket() {
      super("lock-ticket");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Actor
    public void third() {
      run(2);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-ticket-torn */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockTicketTorn extends Actors {
    public LockTicketTorn() {
      super("lock-ticket-torn");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-clh */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockClh extends Actors {
    public LockClh() {
      super("lock-clh");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-mcs */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockMcs extends Actors {
    public LockMcs() {
      super("lock-mcs");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-park-queue */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockParkQueue extends Actors {
    public LockParkQueue() {
      super("lock-park-queue");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-monitor */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockMonitor extends Actors {
    public LockMonitor() {
      super("lock-monitor");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Actor
    public void third() {
      run(2);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-flag-volatile */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockFlagVolatile extends Actors {
    public LockFlagVolatile() {
      super("lock-flag-volatile");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-flag-plain */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockFlagPlain extends Actors {
    public LockFlagPlain() {
      super("lock-flag-plain");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-owned */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockOwned extends Actors {
    public LockOwned() {
      super("lock-owned");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Actor
    public void third() {
      run(2);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-not-owned */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockNotOwned extends Actors {
    public LockNotOwned() {
      super("lock-not-owned");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Actor
    public void third() {
      run(2);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-reentrant */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockReentrant extends Actors {
    public LockReentrant() {
      super("lock-reentrant");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-reentrant-early */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockReentrantEarly extends Actors {
    public LockReentrantEarly() {
      super("lock-reentrant-early");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-peterson */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockPeterson extends Actors {
    public LockPeterson() {
      super("lock-peterson");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-peterson-swapped */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockPetersonSwapped extends Actors {
    public LockPetersonSwapped() {
      super("lock-peterson-swapped");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** lock-jdk-reentrant */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LockJdkReentrant extends Actors {
    public LockJdkReentrant() {
      super("lock-jdk-reentrant");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** deadlock-ordered */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class DeadlockOrdered extends Actors {
    public DeadlockOrdered() {
      super("deadlock-ordered");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** semaphore-while */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class SemaphoreWhile extends Actors {
    public SemaphoreWhile() {
      super("semaphore-while");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Actor
    public void third() {
      run(2);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** semaphore-bulk-notify-all */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class SemaphoreBulkNotifyAll extends Actors {
    public SemaphoreBulkNotifyAll() {
      super("semaphore-bulk-notify-all");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Actor
    public void third() {
      run(2);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** semaphore-try-cas */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class SemaphoreTryCas extends Actors {
    public SemaphoreTryCas() {
      super("semaphore-try-cas");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** semaphore-try-check-then-act */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class SemaphoreTryCheckThenAct extends Actors {
    public SemaphoreTryCheckThenAct() {
      super("semaphore-try-check-then-act");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** semaphore-jdk */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class SemaphoreJdk extends Actors {
    public SemaphoreJdk() {
      super("semaphore-jdk");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** gate-park */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class GatePark extends Actors {
    public GatePark() {
      super("gate-park");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** latch-jdk */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class LatchJdk extends Actors {
    public LatchJdk() {
      super("latch-jdk");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Actor
    public void third() {
      run(2);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** barrier-jdk */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class BarrierJdk extends Actors {
    public BarrierJdk() {
      super("barrier-jdk");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** buffer-condition */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class BufferCondition extends Actors {
    public BufferCondition() {
      super("buffer-condition");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** buffer-jdk */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class BufferJdk extends Actors {
    public BufferJdk() {
      super("buffer-jdk");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** queue-look-then-remove */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class QueueLookThenRemove extends Actors {
    public QueueLookThenRemove() {
      super("queue-look-then-remove");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** map-absent */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class MapAbsent extends Actors {
    public MapAbsent() {
      super("map-absent");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** map-check-then-act */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class MapCheckThenAct extends Actors {
    public MapCheckThenAct() {
      super("map-check-then-act");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** stack-treiber */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class StackTreiber extends Actors {
    public StackTreiber() {
      super("stack-treiber");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** stack-treiber-once */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class StackTreiberOnce extends Actors {
    public StackTreiberOnce() {
      super("stack-treiber-once");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** counter-plain */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class CounterPlain extends Actors {
    public CounterPlain() {
      super("counter-plain");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** counter-volatile */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class CounterVolatile extends Actors {
    public CounterVolatile() {
      super("counter-volatile");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** counter-synchronized */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class CounterSynchronized extends Actors {
    public CounterSynchronized() {
      super("counter-synchronized");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** counter-atomic */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class CounterAtomic extends Actors {
    public CounterAtomic() {
      super("counter-atomic");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Actor
    public void third() {
      run(2);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** counter-get-then-set */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class CounterGetThenSet extends Actors {
    public CounterGetThenSet() {
      super("counter-get-then-set");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** stop-plain */
  @JCStressTest(Mode.Termination)
  @Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE)
  @Outcome(id = "STALE", expect = Expect.FORBIDDEN)
  @State
  public static class StopPlain extends Actors {
    public StopPlain() {
      super("stop-plain");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Signal
    public void second() {
      run(1);
    }
  }

  /** stop-volatile */
  @JCStressTest(Mode.Termination)
  @Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE)
  @Outcome(id = "STALE", expect = Expect.FORBIDDEN)
  @State
  public static class StopVolatile extends Actors {
    public StopVolatile() {
      super("stop-volatile");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Signal
    public void second() {
      run(1);
    }
  }

  /** double-checked-plain */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class DoubleCheckedPlain extends Actors {
    public DoubleCheckedPlain() {
      super("double-checked-plain");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** double-checked-volatile */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class DoubleCheckedVolatile extends Actors {
    public DoubleCheckedVolatile() {
      super("double-checked-volatile");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** double-checked-once */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class DoubleCheckedOnce extends Actors {
    public DoubleCheckedOnce() {
      super("double-checked-once");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** message-plain */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class MessagePlain extends Actors {
    public MessagePlain() {
      super("message-plain");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** message-volatile */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class MessageVolatile extends Actors {
    public MessageVolatile() {
      super("message-volatile");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** store-buffer-plain */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class StoreBufferPlain extends Actors {
    public StoreBufferPlain() {
      super("store-buffer-plain");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }

  /** store-buffer-volatile */
  @JCStressTest
  @Outcome(id = "1", expect = Expect.ACCEPTABLE)
  @Outcome(expect = Expect.FORBIDDEN)
  @State
  public static class StoreBufferVolatile extends Actors {
    public StoreBufferVolatile() {
      super("store-buffer-volatile");
    }

    @Actor
    public void first() {
      run(0);
    }

    @Actor
    public void second() {
      run(1);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = right();
    }
  }
}
