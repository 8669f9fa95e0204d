package bench.programs;

/** Makes programs by their names, which are those of the table. */
public final class Programs {
  private Programs() {}

  /**
   * Makes one, anew.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Program create(String name) {
    return switch (name) {
      case "lock-cas-spin" -> new Locks.CasSpin();
      case "lock-ttas" -> new Locks.TestAndTestAndSet();
      case "lock-ticket" -> new Locks.Ticket();
      case "lock-ticket-plain" -> new Locks.TicketPlain();
      case "lock-ticket-torn" -> new Locks.TicketTorn();
      case "lock-clh" -> new Locks.Clh();
      case "lock-mcs" -> new Locks.Mcs();
      case "lock-mcs-forgetful" -> new Locks.McsForgetful();
      case "lock-park-queue" -> new Locks.ParkQueue();
      case "lock-park-lost-wake-up" -> new Locks.ParkLostWakeUp();
      case "lock-monitor" -> new Locks.Monitor();
      case "lock-monitor-if" -> new Locks.MonitorIf();
      case "lock-monitor-silent" -> new Locks.MonitorSilent();
      case "lock-flag-volatile" -> new Locks.FlagVolatile();
      case "lock-flag-plain" -> new Locks.FlagPlain();
      case "lock-owned" -> new Locks.Owned();
      case "lock-not-owned" -> new Locks.NotOwned();
      case "lock-reentrant" -> new Locks.Reentrant();
      case "lock-reentrant-early" -> new Locks.ReentrantEarly();
      case "lock-peterson" -> new Locks.Peterson();
      case "lock-peterson-swapped" -> new Locks.PetersonSwapped();
      case "lock-jdk-reentrant" -> new Locks.JdkReentrant();
      case "deadlock-ordered" -> new Locks.Ordered();
      case "deadlock-crossed" -> new Locks.Crossed();
      case "deadlock-crossed-jdk" -> new Locks.CrossedLocks();
      case "deadlock-philosophers" -> new Locks.Philosophers();
      case "semaphore-while" -> new Semaphores.While();
      case "semaphore-if" -> new Semaphores.If();
      case "semaphore-bulk-notify-all" -> new Semaphores.BulkNotifyAll();
      case "semaphore-bulk-notify" -> new Semaphores.BulkNotify();
      case "semaphore-try-cas" -> new Semaphores.TryCas();
      case "semaphore-try-check-then-act" -> new Semaphores.TryCheckThenAct();
      case "semaphore-jdk" -> new Semaphores.Jdk();
      case "semaphore-jdk-timed" -> new Semaphores.JdkTimed();
      case "semaphore-timed" -> new Semaphores.TimedRight();
      case "semaphore-timed-if" -> new Semaphores.TimedIf();
      case "gate-park" -> new Semaphores.GateRight();
      case "gate-park-lost-wake-up" -> new Semaphores.GateLostWakeUp();
      case "latch-jdk" -> new Semaphores.JdkLatch();
      case "barrier-jdk" -> new Semaphores.JdkBarrier();
      case "buffer-monitor" -> new Containers.MonitorBuffer();
      case "buffer-if" -> new Containers.IfBuffer();
      case "buffer-notify" -> new Containers.NotifyBuffer();
      case "buffer-condition" -> new Containers.ConditionBuffer();
      case "buffer-unlocked-look" -> new Containers.UnlockedLookBuffer();
      case "buffer-jdk" -> new Containers.JdkArrayBlocking();
      case "queue-look-then-remove" -> new Containers.LookThenRemove();
      case "map-absent" -> new Containers.MemoAbsent();
      case "map-check-then-act" -> new Containers.MemoCheckThenAct();
      case "stack-treiber" -> new Containers.Treiber();
      case "stack-treiber-once" -> new Containers.TreiberOnce();
      case "counter-plain" -> new Memory.PlainCounter();
      case "counter-volatile" -> new Memory.VolatileCounter();
      case "counter-synchronized" -> new Memory.SynchronizedCounter();
      case "counter-atomic" -> new Memory.AtomicCounter();
      case "counter-get-then-set" -> new Memory.GetThenSet();
      case "stop-plain" -> new Memory.StopPlain();
      case "stop-volatile" -> new Memory.StopVolatile();
      case "double-checked-plain" -> new Memory.DoubleCheckedPlain();
      case "double-checked-volatile" -> new Memory.DoubleCheckedVolatile();
      case "double-checked-once" -> new Memory.CheckedOnce();
      case "message-plain" -> new Memory.MessagePlain();
      case "message-volatile" -> new Memory.MessageVolatile();
      case "store-buffer-plain" -> new Memory.StoreBufferPlain();
      case "store-buffer-volatile" -> new Memory.StoreBufferVolatile();
      default -> throw new IllegalArgumentException("no program " + name);
    };
  }
}
